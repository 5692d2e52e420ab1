/*
 * activate [-n] [NAME=]SOCKET... -- COMMAND...: stands in for systemd in tests.
 *
 * Listens at each SOCKET (a port of 127.0.0.1, or the path of a unix socket) and runs COMMAND with
 * the sockets and their names as sd_listen_fds_with_names(3) has them; without a socket there is no
 * activation. With -n it listens at NOTIFY_SOCKET too and prints each message, its lines with "; "
 * between, as "notify: …". SIGHUP restarts the command, as `systemctl restart` does; SIGUSR1 kills
 * it before, as a crash does, and says "killed"; SIGTERM ends it and this. A command that ends of
 * itself ends this too, with its status.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST = 3, SOCKETS_MAX = 8 };

struct unit {
    int sockets[SOCKETS_MAX], count;
    char names[256]; /* with colons between */
    char **command;
};

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Close-on-exec: its copies in the places where the command finds them are not. */
static int open_socket(const char *name)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    int tcp = *name != '/', on = 1;
    int fd = socket(tcp ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        fail("socket");
    if (tcp)
        in.sin_port = htons((uint16_t)strtoul(name, NULL, 10));
    else
        snprintf(un.sun_path, sizeof un.sun_path, "%s", name);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
        bind(fd, tcp ? (struct sockaddr *)&in : (struct sockaddr *)&un,
             tcp ? sizeof in : sizeof un) < 0 ||
        listen(fd, SOMAXCONN) < 0)
        fail(name);
    return fd;
}

static void add_socket(struct unit *unit, const char *text)
{
    const char *mark = strchr(text, '=');
    size_t len = strlen(unit->names);

    snprintf(unit->names + len, sizeof unit->names - len, "%s%.*s", unit->count ? ":" : "",
             mark ? (int)(mark - text) : 7, mark ? text : "unknown");
    unit->sockets[unit->count++] = open_socket(mark ? mark + 1 : text);
}

static void pass_sockets(const struct unit *unit)
{
    int moved[SOCKETS_MAX];
    char text[16];

    for (int i = 0; i < unit->count; i++) /* well above those places */
        moved[i] = dup2(unit->sockets[i], FIRST + 4 * SOCKETS_MAX + i);
    for (int i = 0; i < unit->count; i++)
        dup2(moved[i], FIRST + i);
    for (int i = 0; i < unit->count; i++)
        close(moved[i]);
    snprintf(text, sizeof text, "%d", (int)getpid());
    setenv("LISTEN_PID", text, 1);
    snprintf(text, sizeof text, "%d", unit->count);
    setenv("LISTEN_FDS", text, 1);
    setenv("LISTEN_FDNAMES", unit->names, 1);
}

static pid_t start(const struct unit *unit)
{
    pid_t child = fork();
    sigset_t none;

    if (child < 0)
        fail("fork");
    if (child > 0)
        return child;
    if (unit->count > 0)
        pass_sockets(unit);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(unit->command[0], unit->command);
    fail(unit->command[0]);
    return -1;
}

static int end(pid_t child, int signal_number)
{
    int status;

    kill(child, signal_number);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            fail("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

/* In the abstract namespace, where nothing is left behind. */
static int open_notify(void)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int len = snprintf(un.sun_path, sizeof un.sun_path, "@decksd-activate-%d", (int)getpid());

    setenv("NOTIFY_SOCKET", un.sun_path, 1);
    un.sun_path[0] = '\0';
    if (fd < 0 || bind(fd, (struct sockaddr *)&un,
                       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)len)) < 0)
        fail("notify");
    return fd;
}

/* False where none waits. */
static bool print_message(int fd)
{
    char text[512];
    ssize_t len = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);

    if (len < 0)
        return false;
    text[len] = '\0';
    fputs("notify: ", stdout);
    for (const char *at = text; *at; at++) {
        if (*at == '\n')
            fputs("; ", stdout);
        else
            putchar(*at);
    }
    putchar('\n');
    fflush(stdout);
    return true;
}

static int read_signal(int fd)
{
    struct signalfd_siginfo info;

    if (read(fd, &info, sizeof info) != sizeof info)
        fail("signalfd");
    return (int)info.ssi_signo;
}

static int supervise(const struct unit *unit, int signal_fd, int notify_fd)
{
    struct pollfd fds[] = {{signal_fd, POLLIN, 0}, {notify_fd, POLLIN, 0}};
    pid_t child = start(unit);
    int status;

    for (;;) {
        if (poll(fds, notify_fd < 0 ? 1 : 2, -1) < 0 && errno != EINTR)
            fail("poll");
        if (notify_fd >= 0 && (fds[1].revents & POLLIN))
            print_message(notify_fd);
        if (!(fds[0].revents & POLLIN))
            continue;
        switch (read_signal(signal_fd)) {
        case SIGTERM:
            status = end(child, SIGTERM);
            while (notify_fd >= 0 && print_message(notify_fd)) {
            }
            return status;
        case SIGHUP:
            status = end(child, SIGTERM);
            if (status != 0)
                return status;
            child = start(unit);
            break;
        case SIGUSR1:
            end(child, SIGKILL);
            puts("killed");
            fflush(stdout);
            child = start(unit);
            break;
        default:
            if (waitpid(child, &status, WNOHANG) == child)
                return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
        }
    }
}

int main(int argc, char **argv)
{
    static const int handled[] = {SIGHUP, SIGTERM, SIGUSR1, SIGCHLD};
    struct unit unit = {.count = 0};
    bool notify = argc > 1 && strcmp(argv[1], "-n") == 0;
    int at = notify ? 2 : 1;
    sigset_t signals;

    for (; at < argc && strcmp(argv[at], "--") != 0 && unit.count < SOCKETS_MAX; at++)
        add_socket(&unit, argv[at]);
    if (at + 1 >= argc) {
        fputs("usage: activate [-n] [NAME=]SOCKET... -- COMMAND...\n", stderr);
        return 2;
    }
    unit.command = argv + at + 1;
    sigemptyset(&signals);
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
        sigaddset(&signals, handled[i]);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return supervise(&unit, signalfd(-1, &signals, SFD_CLOEXEC), notify ? open_notify() : -1);
}
