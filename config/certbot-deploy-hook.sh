#!/bin/sh
# For /etc/letsencrypt/renewal-hooks/deploy/: decksd takes the certificate that certbot has just renewed. systemd reads
# it at each start (LoadCredential=); visitors wait in the socket meanwhile, so that none is refused.
set -eu
systemctl try-restart decksd.service 'decksd@*.service'
