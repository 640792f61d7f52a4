#pragma once
// The list of keys, and who goes through it: one that reads, one that writes. For config.cpp alone.
//
// A key is declared once, in for_each_key(); what is not declared there is unknown, and refused by name.

#include <toml++/toml.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/whistlestop/config.hpp"

namespace whistlestop {

struct Bounds {
    std::int64_t min;
    std::int64_t max;
};

// Complaints of one reading, in order.
class Complaints {
public:
    void add(std::string line) { lines_.push_back(std::move(line)); }
    [[nodiscard]] bool empty() const { return lines_.empty(); }
    [[nodiscard]] std::string joined() const;

private:
    std::vector<std::string> lines_;
};

using Names = std::set<std::string, std::less<>>;

// Complains about every key of `table` that is not among `known`, with the closest that is.
void refuse_unknown(const toml::table& table, const std::string& path, const Names& known, Complaints& complaints);

// As a part of an environment variable: in capitals, what is no letter or digit as "_".
[[nodiscard]] std::string capitals(std::string_view name);

// Reads the keys of one table, or of the environment where it has them.
class KeyReader {
public:
    // `table` may be null: nothing is set. `path` is how messages and `variable` how environment variables call it.
    KeyReader(const toml::table* table, std::string path, std::string variable, const Lookup& environment,
              Complaints& complaints)
        : table_{table},
          path_{std::move(path)},
          variable_{std::move(variable)},
          environment_{environment},
          complaints_{complaints} {}

    void text(std::string_view key, std::string& value);
    void secrets(std::string_view key, std::vector<std::string>& values);
    void number(std::string_view key, std::int64_t& value, Bounds bounds);
    void flag(std::string_view key, bool& value);

    // Complains about every key of the table that was not asked for.
    void refuse_unknown() const {
        if (table_ != nullptr) whistlestop::refuse_unknown(*table_, path_ + '.', known_, complaints_);
    }

private:
    [[nodiscard]] std::optional<std::string> variable(std::string_view key);
    [[nodiscard]] const toml::node* node(std::string_view key);
    void complain(std::string_view key, std::string_view want);

    const toml::table* table_;
    std::string path_;
    std::string variable_;
    const Lookup& environment_;
    Complaints& complaints_;
    Names known_;
};

// Writes the keys of one table.
class KeyWriter {
public:
    explicit KeyWriter(std::string& out) : out_{out} {}

    void text(std::string_view key, const std::string& value);
    void secrets(std::string_view key, const std::vector<std::string>& values);  // as "(hidden)"
    void number(std::string_view key, std::int64_t value, Bounds);
    void flag(std::string_view key, bool value);

private:
    std::string& out_;
};

}  // namespace whistlestop
