#include "tests/tidy/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace whistlestop::tidy {
namespace {

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// `use` in `line`, not as a part of a longer name.
bool uses(std::string_view line, std::string_view use) {
    for (std::size_t at = line.find(use); at != std::string_view::npos; at = line.find(use, at + 1)) {
        const std::size_t end = at + use.size();
        const bool joined_before = is_name(use.front()) && at > 0 && is_name(line[at - 1]);
        const bool joined_after = is_name(use.back()) && end < line.size() && is_name(line[end]);
        if (!joined_before && !joined_after) return true;
    }
    return false;
}

std::size_t columns(std::string_view line) {
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    return static_cast<std::size_t>(std::ranges::count_if(line, begins_character));
}

void apply(const Ban& ban, const Source& source, std::vector<Complaint>& complaints) {
    const auto allows = [&](std::string_view folder) { return under(source.path, folder); };
    if (std::ranges::any_of(ban.allowed, allows)) return;
    const auto lines = lines_of(ban.where == Where::code ? source.code : source.text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const std::string_view use : ban.uses)
            if (uses(lines[i], use))
                complaints.push_back({source.path, i + 1, fmt::format("not {}: {}", use, ban.instead)});
}

}  // namespace

std::vector<Complaint> banned_uses(const Source& source) {
    std::vector<Complaint> complaints;
    // This folder spells out what it bans.
    if (under(source.path, "tests/tidy")) return complaints;
    for (const Ban& ban : bans()) apply(ban, source, complaints);
    return complaints;
}

std::vector<Complaint> header_without_opening(const Source& source) {
    if (!is_header(source) || source.text.starts_with("#pragma once\n//")) return {};
    return {
        {source.path, 1, "a header begins with #pragma once and, on the next line, a comment that says what it is"}};
}

std::vector<Complaint> long_lines(const Source& source) {
    std::vector<Complaint> complaints;
    if (!is_written(source)) return complaints;
    const auto lines = lines_of(source.text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (columns(lines[i]) > columns_max)
            complaints.push_back(
                {source.path, i + 1, fmt::format("{} columns, at most {}", columns(lines[i]), columns_max)});
    return complaints;
}

std::vector<Complaint> too_long(const Source& source) {
    const std::size_t lines = lines_of(source.text).size();
    if (!is_written(source) || lines <= lines_max || std::ranges::find(long_files, source.path) != long_files.end())
        return {};
    return {{source.path, 0, fmt::format("{} lines, at most {}: split it by idea", lines, lines_max)}};
}

std::vector<Complaint> foreign_ending(const Source& source) {
    constexpr std::string_view endings[] = {".h", ".cc", ".cxx", ".hh", ".c"};
    const auto ends = [&](std::string_view ending) { return source.path.ends_with(ending); };
    if (std::ranges::none_of(endings, ends)) return {};
    return {{source.path, 0, "C++ files end in .hpp and .cpp"}};
}

}  // namespace whistlestop::tidy
