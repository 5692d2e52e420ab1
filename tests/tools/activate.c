/*
 * activate SOCKET... -- COMMAND...: stands in for systemd's socket units in tests.
 *
 * Listens at each SOCKET (a port of 127.0.0.1, or the path of a unix socket) and runs COMMAND with
 * the sockets as sd_listen_fds(3) has it. SIGHUP restarts the command, as `systemctl restart` does;
 * SIGTERM ends it and this. A command that ends of itself ends this too, with its status.
 */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST = 3, SOCKETS_MAX = 8 };

static void fail(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

/* Not close-on-exec; moved well above the places where the command finds them. */
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

static pid_t start(const int *sockets, int count, char **command)
{
    pid_t child = fork();
    int moved[SOCKETS_MAX];
    char text[16];
    sigset_t none;

    if (child < 0)
        fail("fork");
    if (child > 0)
        return child;
    for (int i = 0; i < count; i++)
        moved[i] = dup2(sockets[i], FIRST + SOCKETS_MAX + i);
    for (int i = 0; i < count; i++)
        dup2(moved[i], FIRST + i);
    for (int i = 0; i < count; i++)
        close(moved[i]);
    snprintf(text, sizeof text, "%d", (int)getpid());
    setenv("LISTEN_PID", text, 1);
    snprintf(text, sizeof text, "%d", count);
    setenv("LISTEN_FDS", text, 1);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(command[0], command);
    fail(command[0]);
    return -1;
}

static int end(pid_t child)
{
    int status;

    kill(child, SIGTERM);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            fail("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    int sockets[SOCKETS_MAX], count = 0, at = 1, number, status = 0;
    sigset_t signals;
    pid_t child;

    for (; at < argc && strcmp(argv[at], "--") != 0 && count < SOCKETS_MAX; at++)
        sockets[count++] = open_socket(argv[at]);
    if (at + 1 >= argc || count == 0) {
        fputs("usage: activate SOCKET... -- COMMAND...\n", stderr);
        return 2;
    }
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    child = start(sockets, count, argv + at + 1);
    for (;;) {
        sigwait(&signals, &number);
        if (number == SIGTERM)
            return end(child);
        if (number == SIGHUP) {
            status = end(child);
            if (status != 0)
                return status;
            child = start(sockets, count, argv + at + 1);
        } else if (waitpid(child, &status, WNOHANG) == child) {
            return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
        }
    }
}
