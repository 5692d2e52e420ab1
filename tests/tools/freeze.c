/*
 * freeze THREAD: stops one thread of another process, and only that one, until this is ended.
 *
 * Prints "frozen" when it stands. SIGSTOP would stop all threads of its process.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    pid_t thread = argc == 2 ? (pid_t)strtol(argv[1], NULL, 10) : 0;
    int status;

    if (thread <= 0) {
        fputs("usage: freeze THREAD\n", stderr);
        return 2;
    }
    if (ptrace(PTRACE_SEIZE, thread, NULL, NULL) < 0 ||
        ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) < 0 ||
        waitpid(thread, &status, __WALL) != thread) {
        perror("freeze");
        return EXIT_FAILURE;
    }
    puts("frozen");
    fflush(stdout);
    for (;;)
        pause();
}
