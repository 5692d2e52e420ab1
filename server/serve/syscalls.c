#include "serve/syscalls.h"

#include "base/mem.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LOADING_BYTES = 4 << 20, /* more than enough for a filter to be put together */
};

/* As they are. Files are Landlock's matter, and that of permissions. */
static const int free_calls[] = {
    /* descriptors */
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(fcntl),
    SCMP_SYS(fdatasync),
    SCMP_SYS(fstat),
    SCMP_SYS(fstatfs),
    SCMP_SYS(fsync),
    SCMP_SYS(lseek),
    SCMP_SYS(pread64),
    SCMP_SYS(preadv),
    SCMP_SYS(pwrite64),
    SCMP_SYS(pwritev),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(sendfile),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    /* files */
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(openat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(stat),
    SCMP_SYS(statfs),
    SCMP_SYS(statx),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    /* sockets that are there */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(listen),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(setsockopt),
    SCMP_SYS(shutdown),
    /* waiting */
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(futex),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(pselect6),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(select),
    SCMP_SYS(signalfd4),
    SCMP_SYS(time),
    SCMP_SYS(timerfd_create),
    SCMP_SYS(timerfd_settime),
    /* threads, signals, memory */
    SCMP_SYS(brk),
    SCMP_SYS(clone3),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(madvise),
    SCMP_SYS(membarrier),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_yield),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(sigaltstack),
    /* questions */
    SCMP_SYS(getcpu),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(sysinfo),
    SCMP_SYS(times),
    SCMP_SYS(uname),
};

static const uint64_t writable_code = PROT_WRITE | PROT_EXEC;

struct limited_call {
    int number;
    struct scmp_arg_cmp condition;
};

/* The argument has this value. */
static struct scmp_arg_cmp only(unsigned argument, scmp_datum_t value)
{
    return (struct scmp_arg_cmp){.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value};
}

static int add_limited(scmp_filter_ctx filter)
{
    const struct limited_call calls[] = {
        {SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)},
        {SCMP_SYS(ioctl), only(1, FIONBIO)},
        {SCMP_SYS(ioctl), only(1, FIONREAD)},
        {SCMP_SYS(ioctl), only(1, TCGETS)}, /* isatty */
        {SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, writable_code, PROT_WRITE)},
        {SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)},
        {SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, writable_code, PROT_WRITE)},
        {SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)},
        {SCMP_SYS(prctl), only(0, PR_SET_NAME)},
        {SCMP_SYS(prlimit64), only(2, 0)}, /* only asks */
        {SCMP_SYS(sched_setscheduler), only(1, SCHED_BATCH)},
        {SCMP_SYS(sendto), only(4, 0)}, /* to whom it is connected */
        {SCMP_SYS(socketpair), only(0, AF_UNIX)},
        {SCMP_SYS(tgkill), only(0, (scmp_datum_t)getpid())}, /* abort */
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int err =
            seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, calls[i].number, 1, &calls[i].condition);
        if (err)
            return err;
    }
    return 0;
}

/* Where memory runs out in the midst of it, libseccomp 2.5.4 crashes: it has to be there before. */
static int load(scmp_filter_ctx filter)
{
    int err;

    free(mem_alloc(LOADING_BYTES));
    err = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    if (!err)
        err = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    return err ? err : seccomp_load(filter);
}

/*
 * The flags of clone3 lie in memory, where no filter sees them: the C library takes clone where it
 * is not there. By a filter of its own, for it is no reason for a note.
 */
static int hide_clone3(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int err =
        filter ? seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) : -ENOMEM;

    if (!err)
        err = load(filter);
    seccomp_release(filter);
    return err;
}

int syscalls_limit(void)
{
    const size_t count = sizeof free_calls / sizeof *free_calls;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int err = filter ? hide_clone3() : -ENOMEM;

    for (size_t i = 0; !err && i < count; i++)
        err = seccomp_rule_add(filter, SCMP_ACT_ALLOW, free_calls[i], 0);
    if (!err)
        err = add_limited(filter);
    if (!err) {
        /* Old kernels do neither: then forbidden calls are not noted, or the list is slower. */
        (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_LOG, 1);
        (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
        err = load(filter);
    }
    seccomp_release(filter);
    return err ? err : (int)count;
}
