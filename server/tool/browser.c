#include "tool/browser.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <gnutls/gnutls.h>
#include <jansson.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    WAIT_SECONDS = 60, /* for one answer */
    CHUNK = 1 << 20,   /* bytes of a PDF that are asked for at a time */
    CHILD_IN = 3,      /* where --remote-debugging-pipe reads and writes */
    CHILD_OUT = 4,
};

struct browser {
    pid_t pid;
    char *profile;  /* directory, removed at the end */
    FILE *in, *out; /* from it, to it */
    char *message;  /* the last one received, for getdelim */
    size_t message_size;
    json_int_t last_id;
    char *session; /* of the page; NULL until there is one */
};

static const char *const programs[] = {"chromium", "chromium-browser", "google-chrome-stable",
                                       "google-chrome", "chrome"};

static int spawn(const char *program, const char *profile, int socket, pid_t *ret_pid)
{
    char *profile_option = mem_format("--user-data-dir=%s", profile);
    /* Its own sandbox cannot be had by root; it opens nothing but our pages. */
    char *const arguments[] = {(char *)(uintptr_t)program,
                               "--headless",
                               "--remote-debugging-pipe",
                               profile_option,
                               "--disable-gpu",
                               "--disable-quic",
                               "--no-first-run",
                               "--disable-background-networking",
                               "--disable-component-update",
                               "--disable-sync",
                               geteuid() == 0 ? "--no-sandbox" : NULL,
                               NULL};
    posix_spawn_file_actions_t actions;
    int err;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, CHILD_IN);
    posix_spawn_file_actions_adddup2(&actions, socket, CHILD_OUT);
    err = -posix_spawnp(ret_pid, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    free(profile_option);
    return err;
}

static int spawn_any(const char *program, const char *profile, int socket, pid_t *ret_pid)
{
    int err = -ENOENT;

    if (program)
        return spawn(program, profile, socket, ret_pid);
    for (size_t i = 0; i < sizeof programs / sizeof *programs && err == -ENOENT; i++)
        err = spawn(programs[i], profile, socket, ret_pid);
    return err;
}

static char *make_profile(void)
{
    const char *directory = getenv("TMPDIR");
    char *profile = mem_format("%s/decksd-browser-XXXXXX", directory ? directory : "/tmp");

    if (mkdtemp(profile))
        return profile;
    free(profile);
    return NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path) < 0 && errno != ENOENT ? -1 : 0;
}

/* Two streams over one socket, whose reads end in time. */
static int open_streams(struct browser *browser, int socket)
{
    const struct timeval patience = {.tv_sec = WAIT_SECONDS};
    int other;

    if (setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        return -errno;
    other = fcntl(socket, F_DUPFD_CLOEXEC, CHILD_OUT + 1);
    if (other < 0)
        return -errno;
    browser->in = fdopen(other, "r");
    browser->out = fdopen(socket, "w");
    return browser->in && browser->out ? 0 : -ENOMEM;
}

int browser_start(const char *program, struct err_list *errs, struct browser **ret_browser)
{
    struct browser *browser = mem_zero(1, sizeof *browser);
    int sockets[2] = {-1, -1}, err = 0;

    browser->profile = make_profile();
    if (!browser->profile || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) < 0)
        err = -errno;
    if (!err)
        err = spawn_any(program, browser->profile, sockets[1], &browser->pid);
    if (sockets[1] >= 0)
        close(sockets[1]);
    if (!err)
        err = open_streams(browser, sockets[0]);
    if (err) {
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "cannot start %s: %s: install Chromium, or name it by --chromium",
                program ? program : programs[0], strerror(-err));
        browser_stop(browser);
        return err;
    }
    *ret_browser = browser;
    return 0;
}

void browser_stop(struct browser *browser)
{
    if (!browser)
        return;
    if (browser->pid > 0) {
        kill(browser->pid, SIGTERM);
        while (waitpid(browser->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (browser->in)
        fclose(browser->in);
    if (browser->out)
        fclose(browser->out);
    if (browser->profile)
        nftw(browser->profile, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(browser->profile);
    free(browser->message);
    free(browser->session);
    free(browser);
}

/* The next message of any kind; NULL where there is none in time. Each ends with a NUL. */
static json_t *receive(struct browser *browser)
{
    ssize_t len = getdelim(&browser->message, &browser->message_size, '\0', browser->in);

    return len > 0 ? json_loadb(browser->message, (size_t)len - 1, 0, NULL) : NULL;
}

static bool send_message(struct browser *browser, json_t *message)
{
    bool sent = json_dumpf(message, browser->out, JSON_COMPACT) == 0 &&
                fputc('\0', browser->out) != EOF && fflush(browser->out) == 0;

    json_decref(message);
    return sent;
}

/* Takes `params`. The result, which the caller drops; NULL, with a line in `errs`. */
static json_t *call(struct browser *browser, const char *method, json_t *params,
                    struct err_list *errs)
{
    json_int_t id = ++browser->last_id;
    json_t *message = json_pack("{s:I, s:s, s:o, s:s*}", "id", id, "method", method, "params",
                                params, "sessionId", browser->session);
    const char *wrong = "it gave no answer";
    json_t *result = NULL, *answer = NULL;

    if (message && send_message(browser, message))
        while ((answer = receive(browser)) &&
               json_integer_value(json_object_get(answer, "id")) != id)
            json_decref(answer);
    if (answer) {
        result = json_incref(json_object_get(answer, "result"));
        json_unpack(answer, "{s:{s:s}}", "error", "message", &wrong);
    }
    if (!result)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "the browser failed at %s: %s: see whether it runs by itself", method, wrong);
    json_decref(answer);
    return result;
}

/* Calls for nothing but one text in the result; the caller frees. NULL, with a line in `errs`. */
static char *call_text(struct browser *browser, const char *method, json_t *params,
                       const char *name, struct err_list *errs)
{
    json_t *result = call(browser, method, params, errs);
    char *text = mem_copy_text(json_string_value(json_object_get(result, name)));

    json_decref(result);
    return text;
}

static bool open_page(struct browser *browser, const char *url, struct err_list *errs)
{
    char *target = call_text(browser, "Target.createTarget",
                             json_pack("{s:s}", "url", "about:blank"), "targetId", errs);
    json_t *result = NULL;
    const char *wrong = NULL;

    if (target)
        browser->session =
            call_text(browser, "Target.attachToTarget",
                      json_pack("{s:s, s:b}", "targetId", target, "flatten", 1), "sessionId", errs);
    free(target);
    if (browser->session)
        result = call(browser, "Page.navigate", json_pack("{s:s}", "url", url), errs);
    if (!result)
        return false;
    wrong = json_string_value(json_object_get(result, "errorText"));
    if (wrong)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "the browser cannot open %s: %s", url, wrong);
    json_decref(result);
    return !wrong;
}

static bool wait_until(struct browser *browser, const char *ready, struct err_list *errs)
{
    json_t *result = call(browser, "Runtime.evaluate",
                          json_pack("{s:s, s:b}", "expression", ready, "awaitPromise", 1), errs);
    bool thrown = json_object_get(result, "exceptionDetails");

    if (thrown)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0,
                "the page did not get ready to be printed: open it in a browser to see why");
    json_decref(result);
    return result && !thrown;
}

static bool write_piece(json_t *piece, FILE *out)
{
    const char *text = json_string_value(json_object_get(piece, "data"));
    gnutls_datum_t data = {(unsigned char *)(uintptr_t)text, 0}, plain = {NULL, 0};
    bool good = false;

    if (!text)
        return false;
    data.size = (unsigned)strlen(text);
    if (!json_is_true(json_object_get(piece, "base64Encoded")))
        return fwrite(text, 1, data.size, out) == data.size;
    if (data.size == 0)
        return true;
    if (gnutls_base64_decode2(&data, &plain) == 0)
        good = fwrite(plain.data, 1, plain.size, out) == plain.size;
    gnutls_free(plain.data);
    return good;
}

static bool copy_stream(struct browser *browser, const char *stream, FILE *out,
                        struct err_list *errs)
{
    bool end = false, written = true;

    while (!end && written) {
        json_t *piece = call(browser, "IO.read",
                             json_pack("{s:s, s:i}", "handle", stream, "size", CHUNK), errs);
        if (!piece)
            return false;
        end = json_is_true(json_object_get(piece, "eof"));
        written = write_piece(piece, out);
        json_decref(piece);
    }
    if (!written)
        err_add(errs, SEVERITY_ERROR, NULL, 0, 0, "the PDF cannot be written: %s", strerror(errno));
    return written;
}

int browser_print(struct browser *browser, const char *url, const char *ready, FILE *out,
                  struct err_list *errs)
{
    char *stream = NULL;
    bool good = open_page(browser, url, errs) && wait_until(browser, ready, errs);

    if (good)
        stream =
            call_text(browser, "Page.printToPDF",
                      json_pack("{s:b, s:b, s:b, s:b, s:s}", "preferCSSPageSize", 1,
                                "printBackground", 1, "generateTaggedPDF", 1,
                                "generateDocumentOutline", 1, "transferMode", "ReturnAsStream"),
                      "stream", errs);
    good = stream && copy_stream(browser, stream, out, errs);
    free(stream);
    return good ? 0 : -EIO;
}
