#pragma once
// Child: the program itself, run by a test as a person would. Its stdout and stderr come through one pipe.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/check.hpp"

namespace whistlestop {

class Child {
public:
    // `input` is its stdin, whole; it has to fit a pipe.
    explicit Child(std::vector<std::string> arguments, std::string_view input = {}) {
        int in[2];
        int out[2];
        check(::pipe(in) == 0 && ::pipe(out) == 0);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            ::dup2(out[1], STDERR_FILENO);
            for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
            std::vector<char*> words;
            arguments.insert(arguments.begin(), WHISTLESTOP_PROGRAM);
            for (std::string& word : arguments) words.push_back(word.data());
            words.push_back(nullptr);
            ::execv(WHISTLESTOP_PROGRAM, words.data());
            ::_exit(127);
        }
        check(::write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
        for (const int end : {in[0], in[1], out[1]}) ::close(end);
        output_ = ::fdopen(out[0], "r");
    }
    ~Child() {
        if (pid_ > 0) ::kill(pid_, SIGKILL);
        (void)exit_code();
        std::fclose(output_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // The next line without its end; nothing once it has ended.
    std::optional<std::string> line() {
        std::string text;
        for (int c = std::fgetc(output_); c != EOF; c = std::fgetc(output_)) {
            if (c == '\n') return text;
            text.push_back(static_cast<char>(c));
        }
        return std::nullopt;
    }
    // Its lines up to one that contains `mark`; that one.
    std::string line_with(std::string_view mark) {
        for (auto next = line(); next; next = line())
            if (next->contains(mark)) return *next;
        return {};
    }
    std::string rest() {
        std::string text;
        for (auto next = line(); next; next = line()) text += *next + '\n';
        return text;
    }

    void signal(int number) const { ::kill(pid_, number); }

    // Waits for its end. 128 and the signal where one ended it.
    int exit_code() {
        if (pid_ <= 0) return code_;
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return code_;
    }

private:
    pid_t pid_ = -1;
    int code_ = 0;
    std::FILE* output_ = nullptr;
};

}  // namespace whistlestop
