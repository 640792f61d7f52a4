#pragma once
// The tidy rules besides layering: shape of files and banned uses.
//
// Each ban names its replacement. What a file may do all the same is decided by its folder, in bans.cpp, not by a
// remark in the file.

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "tests/tidy/source.hpp"

namespace whistlestop::tidy {

constexpr std::size_t columns_max = 120;
constexpr std::size_t lines_max = 400;

// Files over lines_max, each with a reason. It only ever shrinks.
constexpr std::span<const std::string_view> long_files{};

enum class Where { code, text };  // code: C++ without comments and literals; text: every file, as it stands

struct Ban {
    std::vector<std::string_view> uses;  // matched as whole words
    std::string_view instead;
    Where where = Where::code;
    std::vector<std::string_view> allowed = {};  // folders and files that may
};

[[nodiscard]] const std::vector<Ban>& bans();

[[nodiscard]] std::vector<Complaint> banned_uses(const Source& source);
[[nodiscard]] std::vector<Complaint> header_without_opening(const Source& source);
[[nodiscard]] std::vector<Complaint> long_lines(const Source& source);
[[nodiscard]] std::vector<Complaint> too_long(const Source& source);
[[nodiscard]] std::vector<Complaint> foreign_ending(const Source& source);

}  // namespace whistlestop::tidy
