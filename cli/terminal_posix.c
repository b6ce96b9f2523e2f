/** Terminals and interrupts by way of POSIX (see terminal.h). */
// NOLINTNEXTLINE(bugprone-reserved-identifier): how POSIX is asked for
#define _POSIX_C_SOURCE 200809L

#include "terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Global, because a signal handler gets no context. */
static volatile sig_atomic_t interrupted;

bool terminal_is(FILE *stream) {
    return isatty(fileno(stream)) == 1;
}

bool terminal_shows_colours(FILE *stream) {
    const char *refused = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    bool able = kind && *kind && strcmp(kind, "dumb") != 0;
    return terminal_is(stream) && able && !(refused && *refused);
}

bool terminal_can_ask(void) {
    return terminal_is(stdin) && terminal_is(stdout) && terminal_is(stderr);
}

bool terminal_answer(char *out, size_t size) {
    if (!fgets(out, (int)size, stdin) || interrupted)
        return false;
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

const char *terminal_given_time(void) {
    return getenv("SOURCE_DATE_EPOCH");
}

FILE *terminal_scratch_file(void) {
    return tmpfile();
}

static void remember(int number) {
    (void)number;
    interrupted = 1;
}

/** Remember a signal, unless whoever started the program has it ignored, as nohup does. */
static void watch(int number) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
        return;
    action = (struct sigaction){.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, NULL);
}

void terminal_watch_interrupt(void) {
    watch(SIGINT);
    watch(SIGTERM);
    watch(SIGHUP);
}

bool terminal_interrupted(void) {
    return interrupted != 0;
}
