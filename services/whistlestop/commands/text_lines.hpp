#pragma once
// Lines of {"text": …} on stdin, each answered with a line on stdout.

#include <functional>
#include <string>
#include <string_view>

namespace whistlestop::commands {

// A line that cannot be read is answered {"error": …}; then the exit code is 1. What is answered is written out
// whenever no further line is there yet, so that another program can ask and wait.
[[nodiscard]] int answer_texts(const std::function<std::string(std::string_view text)>& answer);

}  // namespace whistlestop::commands
