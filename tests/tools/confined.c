/*
 * confined ROOT LOG PORT: enters decksd's sandbox for these settings and tries what must fail
 * there, and what must not.
 *
 * Prints what is in force, what is not, and then a line for each trial with its name and what came
 * of it: "done" or the error's name.
 */
#include "base/err.h"
#include "base/strbuf.h"
#include "conf/site_settings.h"
#include "serve/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Opened before, as an intruder may find one. */
static int early_socket;
static struct sockaddr_in address;
static char deck[4096], fresh[4096], log_file[4096];

static long open_file(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);

    return fd < 0 ? -1 : close(fd);
}

static long read_deck(void)
{
    return open_file(deck, O_RDONLY);
}

static long append_log(void)
{
    return open_file(log_file, O_WRONLY | O_APPEND | O_CREAT);
}

static long read_log(void)
{
    return open_file(log_file, O_RDONLY);
}

static long write_deck(void)
{
    return open_file(deck, O_WRONLY);
}

static long make_deck(void)
{
    return open_file(fresh, O_WRONLY | O_CREAT);
}

static long remove_deck(void)
{
    return unlink(deck);
}

static long change_deck(void)
{
    return chmod(deck, 0777);
}

static long read_passwd(void)
{
    return open_file("/etc/passwd", O_RDONLY);
}

static long read_self(void)
{
    return open_file("/proc/self/mem", O_RDONLY);
}

static long run_program(void)
{
    char *const arguments[] = {(char *)(uintptr_t) "true", NULL};

    return execv("/bin/true", arguments);
}

static long make_process(void)
{
    pid_t child = fork();

    if (child == 0)
        _exit(0);
    return child < 0 ? -1 : 0;
}

static long make_internet_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static long make_unix_socket(void)
{
    return socket(AF_UNIX, SOCK_DGRAM, 0);
}

static long connect_out(void)
{
    return connect(early_socket, (struct sockaddr *)&address, sizeof address);
}

static long send_out(void)
{
    return sendto(early_socket, "", 1, MSG_NOSIGNAL, (struct sockaddr *)&address, sizeof address);
}

static long bind_port(void)
{
    return bind(early_socket, (struct sockaddr *)&address, sizeof address);
}

static long signal_parent(void)
{
    return kill(getppid(), 0);
}

static long trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static long become_root(void)
{
    return setresuid(0, 0, 0);
}

static long write_code(void)
{
    void *memory =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? -1 : munmap(memory, 4096);
}

static long make_code_writable(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mprotect(memory, 4096, PROT_READ | PROT_WRITE | PROT_EXEC);
}

static long open_ring(void)
{
    return syscall(SYS_io_uring_setup, 1, NULL);
}

static void *read_passwd_there(void *context)
{
    int *ret_error = context;

    *ret_error = read_passwd() < 0 ? errno : 0;
    return NULL;
}

static long read_passwd_in_thread(void)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, read_passwd_there, &error);

    if (error == 0)
        pthread_join(thread, NULL);
    errno = error;
    return error ? -1 : 0;
}

static const struct {
    const char *name;
    long (*run)(void);
} trials[] = {
    {"read a deck", read_deck},
    {"append to the log", append_log},
    {"read the log", read_log},
    {"write a deck", write_deck},
    {"make a deck", make_deck},
    {"remove a deck", remove_deck},
    {"change a deck's permissions", change_deck},
    {"read /etc/passwd", read_passwd},
    {"read /etc/passwd in a thread", read_passwd_in_thread},
    {"read /proc/self/mem", read_self},
    {"run a program", run_program},
    {"make a process", make_process},
    {"make an internet socket", make_internet_socket},
    {"make a unix socket", make_unix_socket},
    {"connect out", connect_out},
    {"send out", send_out},
    {"bind a port", bind_port},
    {"signal the parent", signal_parent},
    {"trace the parent", trace_parent},
    {"become root", become_root},
    {"write code", write_code},
    {"make code writable", make_code_writable},
    {"open a ring", open_ring},
};

static void enter(const char *root, const char *log)
{
    struct strbuf out = STRBUF_INIT;
    struct site_settings settings;
    struct err_list errs;

    err_list_init(&errs);
    site_settings_init(&settings);
    free(settings.root);
    settings.root = strdup(root);
    settings.access_log = strdup(log);
    sandbox_enter(&settings, &out, &errs);
    printf("in force: %s\n", out.data);
    vec_each (&errs.list, err)
        printf("missing: %s\n", err->text);
    err_list_release(&errs);
    site_settings_release(&settings);
    strbuf_release(&out);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: confined ROOT LOG PORT\n", stderr);
        return 2;
    }
    snprintf(deck, sizeof deck, "%s/talk/deck.md", argv[1]);
    snprintf(fresh, sizeof fresh, "%s/talk/fresh.md", argv[1]);
    snprintf(log_file, sizeof log_file, "%s", argv[2]);
    address = (struct sockaddr_in){.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)strtoul(argv[3], NULL, 10)),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    early_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    enter(argv[1], argv[2]);
    fflush(stdout);
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        errno = 0;
        printf("%s: ", trials[i].name);
        puts(trials[i].run() < 0 ? strerrorname_np(errno) : "done");
        fflush(stdout);
    }
    return 0;
}
