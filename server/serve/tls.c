#include "serve/tls.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILE_LIMIT = 1 << 20 };

const char tls_priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-AES-128-CBC:"
                              "-AES-256-CBC:-SHA1:%SERVER_PRECEDENCE";

/* What both files hold. */
struct identity {
    gnutls_x509_crt_t *chain; /* the server's own first */
    unsigned count;
    gnutls_x509_privkey_t key;
};

struct tls {
    char *certificate_path, *key_path;
    pthread_mutex_t lock; /* of the identity */
    struct identity identity;
    gnutls_datum_t ticket_key;
};

static void identity_release(struct identity *identity)
{
    for (unsigned i = 0; i < identity->count; i++)
        gnutls_x509_crt_deinit(identity->chain[i]);
    gnutls_free(identity->chain);
    if (identity->key)
        gnutls_x509_privkey_deinit(identity->key);
    *identity = (struct identity){.count = 0};
}

static int read_file(const char *path, struct strbuf *out, struct err_list *errs)
{
    int err = file_read_path(path, FILE_LIMIT, out);

    if (err && strncmp(path, "credential:", 11) == 0)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "%s cannot be read, for systemd passed no credentials: add LoadCredential=%s:FILE "
                "to the unit",
                path, path + 11);
    else if (err)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "%s cannot be read: %s: check `tls`, and that decksd's user may read the file",
                path, strerror(-err));
    return err;
}

static gnutls_datum_t datum_of(const struct strbuf *text)
{
    return (gnutls_datum_t){(unsigned char *)text->data, (unsigned)text->len};
}

static int read_chain(const char *path, struct identity *identity, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    int err = read_file(path, &text, errs);

    if (!err) {
        gnutls_datum_t pem = datum_of(&text);
        gnutls_x509_crt_t *chain;
        unsigned count;
        int code = gnutls_x509_crt_list_import2(&chain, &count, &pem, GNUTLS_X509_FMT_PEM, 0);

        if (code >= 0) {
            identity->chain = chain;
            identity->count = count;
        } else {
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                    "%s holds no certificate in PEM (%s): name the whole chain, as in certbot's "
                    "fullchain.pem",
                    path, gnutls_strerror(code));
            err = -EBADMSG;
        }
    }
    strbuf_release(&text);
    return err;
}

static int read_key(const char *path, struct identity *identity, struct err_list *errs)
{
    struct strbuf text = STRBUF_INIT;
    int err = read_file(path, &text, errs);

    if (!err) {
        gnutls_datum_t pem = datum_of(&text);
        int code = gnutls_x509_privkey_init(&identity->key);

        if (code == 0)
            code = gnutls_x509_privkey_import2(identity->key, &pem, GNUTLS_X509_FMT_PEM, NULL,
                                               GNUTLS_PKCS_PLAIN);
        if (code < 0) {
            err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                    "%s holds no private key in PEM without a password (%s): name one, as in "
                    "certbot's privkey.pem",
                    path, gnutls_strerror(code));
            err = -EBADMSG;
        }
    }
    if (text.capacity > 0)
        explicit_bzero(text.data, text.capacity);
    strbuf_release(&text);
    return err;
}

static bool belong_together(const struct identity *identity)
{
    unsigned char of_certificate[64], of_key[64];
    size_t len = sizeof of_certificate, key_len = sizeof of_key;

    return gnutls_x509_crt_get_key_id(identity->chain[0], GNUTLS_KEYID_USE_SHA256, of_certificate,
                                      &len) == 0 &&
           gnutls_x509_privkey_get_key_id(identity->key, GNUTLS_KEYID_USE_SHA256, of_key,
                                          &key_len) == 0 &&
           len == key_len && memcmp(of_certificate, of_key, len) == 0;
}

static int identity_read(const struct tls *tls, struct identity *ret_identity,
                         struct err_list *errs)
{
    struct identity identity = {.count = 0};
    int err = read_chain(tls->certificate_path, &identity, errs);

    if (!err)
        err = read_key(tls->key_path, &identity, errs);
    if (!err && !belong_together(&identity)) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "%s is not the key of the certificate in %s: name two files that belong together",
                tls->key_path, tls->certificate_path);
        err = -EBADMSG;
    }
    if (err) {
        identity_release(&identity);
        return err;
    }
    if (gnutls_x509_crt_get_expiration_time(identity.chain[0]) < time(NULL))
        err_add(errs, SEVERITY_WARNING, NULL, 0, 0,
                "the certificate in %s has expired, and browsers will refuse it: renew it",
                tls->certificate_path);
    *ret_identity = identity;
    return 0;
}

int tls_new(const char *certificate, const char *key, struct err_list *errs, struct tls **ret_tls)
{
    struct tls *tls = mem_zero(1, sizeof *tls);
    int err;

    tls->certificate_path = mem_copy_text(certificate);
    tls->key_path = mem_copy_text(key);
    pthread_mutex_init(&tls->lock, NULL);
    err = identity_read(tls, &tls->identity, errs);
    if (!err && gnutls_session_ticket_key_generate(&tls->ticket_key) < 0)
        err = -ENOMEM;
    if (err) {
        tls_free(tls);
        return err;
    }
    *ret_tls = tls;
    return 0;
}

void tls_free(struct tls *tls)
{
    if (!tls)
        return;
    identity_release(&tls->identity);
    if (tls->ticket_key.data)
        explicit_bzero(tls->ticket_key.data, tls->ticket_key.size);
    gnutls_free(tls->ticket_key.data);
    pthread_mutex_destroy(&tls->lock);
    free(tls->certificate_path);
    free(tls->key_path);
    free(tls);
}

const gnutls_datum_t *tls_ticket_key(const struct tls *tls)
{
    return &tls->ticket_key;
}

int tls_reload(struct tls *tls, struct err_list *errs)
{
    struct identity identity, before;
    int err = identity_read(tls, &identity, errs);

    if (err)
        return err;
    pthread_mutex_lock(&tls->lock);
    before = tls->identity;
    tls->identity = identity;
    pthread_mutex_unlock(&tls->lock);
    identity_release(&before);
    return 0;
}

static void chain_free(gnutls_pcert_st *chain, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        gnutls_pcert_deinit(&chain[i]);
    gnutls_free(chain);
}

int tls_retrieve(struct tls *tls, gnutls_pcert_st **ret_chain, unsigned *ret_count,
                 gnutls_privkey_t *ret_key)
{
    gnutls_pcert_st *chain = NULL;
    gnutls_privkey_t key = NULL;
    unsigned count = 0;
    int code;

    pthread_mutex_lock(&tls->lock);
    code = gnutls_privkey_init(&key);
    if (code == 0)
        code = gnutls_privkey_import_x509(key, tls->identity.key, GNUTLS_PRIVKEY_IMPORT_COPY);
    if (code == 0)
        chain = gnutls_calloc(tls->identity.count, sizeof *chain);
    while (chain && code == 0 && count < tls->identity.count) {
        code = gnutls_pcert_import_x509(&chain[count], tls->identity.chain[count], 0);
        if (code == 0)
            count++;
    }
    pthread_mutex_unlock(&tls->lock);
    if (!chain || code != 0) {
        chain_free(chain, count);
        if (key)
            gnutls_privkey_deinit(key);
        return -1;
    }
    *ret_chain = chain;
    *ret_count = count;
    *ret_key = key;
    return 0;
}
