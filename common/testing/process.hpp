#pragma once
// A life in a process of its own, of which nothing is left but its files.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "common/base/check.hpp"

namespace whistlestop {

// How it ended (waitpid's status). Forks, so the caller should have no threads.
inline int end_of(const std::function<void()>& life) {
    const pid_t child = ::fork();
    check(child >= 0);
    if (child == 0) {
        life();
        ::_exit(0);
    }
    int status = 0;
    check(::waitpid(child, &status, 0) == child);
    return status;
}

[[nodiscard]] inline bool was_killed(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
[[nodiscard]] inline bool ended_well(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }

}  // namespace whistlestop
