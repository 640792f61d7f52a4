#pragma once
// Source: one file of the tree as the tidy rules see it, and how rules complain.
//
// `code` is the text with comments and the insides of literals blanked out, line for line, so that a rule about code
// does not trip over a sentence about it.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace whistlestop::tidy {

struct Source {
    std::string path;  // from the root
    std::string text;
    std::string code;
};

struct Complaint {
    std::string path;
    std::size_t line = 0;  // 0: the whole file
    std::string text;
};

[[nodiscard]] Source make_source(std::string path, std::string text);

// Every text file of the project: the root's own and those below its fixed folders.
[[nodiscard]] std::vector<Source> read_tree(const std::filesystem::path& root);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

// Blanks, of the same length and with the same line ends, for comments and literals.
[[nodiscard]] std::string code_only(std::string_view text);

[[nodiscard]] bool is_header(const Source& source);
[[nodiscard]] bool is_cpp(const Source& source);      // header or source file
[[nodiscard]] bool is_written(const Source& source);  // written by hand, as code: C++, schemas, scripts, CMake

// Is `path` the folder or file `folder`, or below it?
[[nodiscard]] bool under(std::string_view path, std::string_view folder);

}  // namespace whistlestop::tidy
