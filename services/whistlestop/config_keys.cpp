#include "services/whistlestop/config_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>
#include <ranges>

namespace whistlestop {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    for (const auto part : std::views::split(text, ',')) parts.emplace_back(part.begin(), part.end());
    return parts;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t k = 0; k < b.size(); ++k) {
            const std::size_t changed = diagonal + (a[i] == b[k] ? 0 : 1);
            diagonal = std::exchange(row[k + 1], std::min({changed, row[k] + 1, row[k + 1] + 1}));
        }
    }
    return row.back();
}

// The closest of `known`; empty where none is close.
std::string nearest(std::string_view name, const Names& known) {
    const auto distance = [&](const std::string& other) { return edit_distance(name, other); };
    const auto closest = std::ranges::min_element(known, {}, distance);
    if (closest == known.end() || distance(*closest) > std::max<std::size_t>(2, name.size() / 2)) return {};
    return *closest;
}

}  // namespace

std::string capitals(std::string_view name) {
    std::string result;
    for (const char c : name)
        result += std::isalnum(static_cast<unsigned char>(c)) != 0
                      ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                      : '_';
    return result;
}

void refuse_unknown(const toml::table& table, const std::string& path, const Names& known, Complaints& complaints) {
    for (const auto& [key, value] : table) {
        if (known.contains(key.str())) continue;
        const std::string close = nearest(key.str(), known);
        const std::string hint = close.empty() ? "" : fmt::format("; do you mean {}?", close);
        complaints.add(fmt::format("{}{}: no such key{}", path, key.str(), hint));
    }
}

std::string Complaints::joined() const { return fmt::format("{}", fmt::join(lines_, "\n")); }

std::optional<std::string> KeyReader::variable(std::string_view key) {
    return environment_(variable_ + '_' + capitals(key));
}

const toml::node* KeyReader::node(std::string_view key) {
    known_.emplace(key);
    return table_ == nullptr ? nullptr : table_->get(key);
}

void KeyReader::complain(std::string_view key, std::string_view want) {
    complaints_.add(fmt::format("{}.{}: want {}", path_, key, want));
}

void KeyReader::text(std::string_view key, std::string& value) {
    const toml::node* const found = node(key);
    if (auto set = variable(key)) {
        value = *std::move(set);
    } else if (found != nullptr) {
        if (const auto text = found->value_exact<std::string>())
            value = *text;
        else
            complain(key, "a text");
    }
}

void KeyReader::secrets(std::string_view key, std::vector<std::string>& values) {
    const toml::node* const found = node(key);
    if (const auto set = variable(key)) {
        values = split(*set);
    } else if (found != nullptr) {
        const toml::array* const list = found->as_array();
        if (list == nullptr || !(list->empty() || list->is_homogeneous<std::string>()))
            return complain(key, "a list of texts");
        values.clear();
        for (const toml::node& element : *list) values.push_back(element.value_or(std::string{}));
    }
}

void KeyReader::number(std::string_view key, std::int64_t& value, Bounds bounds) {
    const toml::node* const found = node(key);
    std::optional<std::int64_t> given = value;
    if (const auto set = variable(key))
        given = whole_number(*set);
    else if (found != nullptr)
        given = found->value_exact<std::int64_t>();
    if (!given || *given < bounds.min || *given > bounds.max)
        return complain(key, fmt::format("a whole number from {} to {}", bounds.min, bounds.max));
    value = *given;
}

void KeyReader::flag(std::string_view key, bool& value) {
    const toml::node* const found = node(key);
    std::optional<bool> given = value;
    if (const auto set = variable(key))
        given = *set == "true" ? std::optional{true} : *set == "false" ? std::optional{false} : std::nullopt;
    else if (found != nullptr)
        given = found->value_exact<bool>();
    if (!given) return complain(key, "true or false");
    value = *given;
}

void KeyWriter::text(std::string_view key, const std::string& value) {
    std::string quoted;
    for (const char c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    out_ += fmt::format("{} = \"{}\"\n", key, quoted);
}

void KeyWriter::secrets(std::string_view key, const std::vector<std::string>& values) {
    const std::vector<std::string_view> shown(values.size(), "\"(hidden)\"");
    out_ += fmt::format("{} = [{}]\n", key, fmt::join(shown, ", "));
}

void KeyWriter::number(std::string_view key, std::int64_t value, Bounds) {
    out_ += fmt::format("{} = {}\n", key, value);
}

void KeyWriter::flag(std::string_view key, bool value) { out_ += fmt::format("{} = {}\n", key, value); }

}  // namespace whistlestop
