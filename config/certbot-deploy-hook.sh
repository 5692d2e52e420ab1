#!/bin/sh
# For /etc/letsencrypt/renewal-hooks/deploy/: gives decksd the certificate that certbot has just renewed.
# docs/deployment.md says how the directory and the group come about.
set -eu

to=/etc/decksd/tls
for file in fullchain.pem privkey.pem; do
    install -m 640 -g decksd-tls "$RENEWED_LINEAGE/$file" "$to/$file.new"
done
# Both at once, as nearly as can be: decksd looks only when it is told to.
mv "$to/fullchain.pem.new" "$to/fullchain.pem"
mv "$to/privkey.pem.new" "$to/privkey.pem"
if systemctl --quiet is-active decksd; then
    systemctl reload decksd
fi
