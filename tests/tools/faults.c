/*
 * faults.so, to be loaded before the C library (LD_PRELOAD): memory that runs out, a clock that
 * jumps, threads that cannot be had and a disk that fails, when told so.
 *
 * What is told stands in the file that FAULTS_FILE names, numbers of eight bytes, which may be
 * written at any time: how many allocations from now the one is that fails (0: none; it counts down
 * to 0), the seconds that the clock on the wall is ahead (or behind), whether threads are refused,
 * and what of the disk fails with EIO (enum disk). The monotonic clock is left alone, as it is by
 * whoever sets the time.
 *
 * Everything here runs within every allocation: nothing may allocate.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* What lies below the functions that are put in front. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

struct told {
    _Atomic int64_t allocations;
    _Atomic int64_t seconds;
    _Atomic int64_t threadless;
    _Atomic int64_t disk;
};

enum disk {
    DISK_GOOD,
    DISK_READS_FAIL,
    DISK_OPENS_FAIL,
    DISK_BELOW_FAILS, /* opening anything but the directory itself from which names are looked up */
};

static struct told quiet, *told = &quiet;

/* The C library's own, where it has no second name for them. */
struct functions {
    int (*pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    struct dirent *(*readdir)(DIR *);
    long (*syscall)(long, ...);
};

static void find(const char *name, void *ret_function)
{
    void *function = dlsym(RTLD_NEXT, name);

    if (!function)
        _exit(125);
    memcpy(ret_function, &function, sizeof function);
}

/* Not looked up when the library begins: others begin before it. */
static struct functions own(void)
{
    static _Thread_local struct functions functions;

    if (!functions.syscall) {
        find("pthread_create", &functions.pthread_create);
        find("readdir", &functions.readdir);
        find("syscall", &functions.syscall);
    }
    return functions;
}

__attribute__((constructor)) static void listen_to_test(void)
{
    const char *path = getenv("FAULTS_FILE");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *shared;

    if (file < 0)
        _exit(125);
    shared = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED)
        _exit(125);
    close(file);
    told = shared;
}

static int fails(void)
{
    if (atomic_load(&told->allocations) <= 0 || atomic_fetch_sub(&told->allocations, 1) != 1)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

void *reallocarray(void *memory, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(memory, bytes);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    long result = own().syscall(SYS_clock_gettime, clock, now);

    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += atomic_load(&told->seconds);
    return (int)result;
}

time_t time(time_t *ret_now)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_REALTIME, &now);
    if (ret_now)
        *ret_now = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec precise = {0};

    (void)zone;
    clock_gettime(CLOCK_REALTIME, &precise);
    *now = (struct timeval){.tv_sec = precise.tv_sec, .tv_usec = precise.tv_nsec / 1000};
    return 0;
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
                   void *(*start)(void *), void *restrict context)
{
    return atomic_load(&told->threadless)
               ? EAGAIN
               : own().pthread_create(thread, attributes, start, context);
}

static int disk_fails(enum disk how)
{
    if (atomic_load(&told->disk) != how)
        return 0;
    errno = EIO;
    return 1;
}

/* Pipes, sockets and counters are not on the disk. */
static int read_fails(int file)
{
    struct stat st;

    return atomic_load(&told->disk) && fstat(file, &st) == 0 && S_ISREG(st.st_mode) &&
           disk_fails(DISK_READS_FAIL);
}

ssize_t read(int file, void *out, size_t size)
{
    return read_fails(file) ? -1 : own().syscall(SYS_read, file, out, size);
}

ssize_t pread64(int file, void *out, size_t size, off64_t at)
{
    return read_fails(file) ? -1 : own().syscall(SYS_pread64, file, out, size, at);
}

ssize_t sendfile64(int out, int file, off64_t *at, size_t count)
{
    return read_fails(file) ? -1 : own().syscall(SYS_sendfile, out, file, at, count);
}

/* Not DISK_READS_FAIL: what a directory holds is known still, as caches of the system have it. */
struct dirent *readdir(DIR *directory)
{
    return disk_fails(DISK_OPENS_FAIL) ? NULL : own().readdir(directory);
}

/* By which openat2 is called, for which the C library has no function. */
long syscall(long number, ...)
{
    long arguments[6];
    va_list list;

    va_start(list, number);
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++)
        arguments[i] = va_arg(list, long);
    va_end(list);
    if (number == SYS_openat2 &&
        (disk_fails(DISK_OPENS_FAIL) ||
         (strcmp((const char *)arguments[1], ".") != 0 && disk_fails(DISK_BELOW_FAILS))))
        return -1;
    return own().syscall(number, arguments[0], arguments[1], arguments[2], arguments[3],
                         arguments[4], arguments[5]);
}
