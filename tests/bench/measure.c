/**
 * Runs a command and prints its seconds, its peak memory in bytes and its exit code: `measure COMMAND
 * [ARGUMENT…]`.
 *
 * A program of its own because Linux counts the peak memory of the parent as the child's; this one is small.
 * What the command prints on standard output is discarded.
 */
#define _GNU_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void become(char **command) {
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0)
        (void)dup2(nowhere, STDOUT_FILENO);
    (void)execvp(command[0], command);
    _exit(127);
}

int main(int argc, char **argv) {
    struct rusage usage;
    int status = 0;
    double begun = seconds();
    pid_t child = argc > 1 ? fork() : -1;
    if (child < 0) {
        (void)fprintf(stderr, "usage: measure COMMAND [ARGUMENT…]\n");
        return 2;
    }
    if (child == 0)
        become(argv + 1);
    if (wait4(child, &status, 0, &usage) != child)
        return 1;
    printf("%.6f %.6f %ld %d\n", seconds() - begun, of(usage.ru_utime) + of(usage.ru_stime),
           usage.ru_maxrss * 1024L, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
    return 0;
}
