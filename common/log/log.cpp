#include "common/log/log.hpp"

#include "common/base/bytes.hpp"

namespace whistlestop {
namespace {

constexpr std::uint32_t erased = 0xffffffff;

void append_row(std::string& rows, std::string_view key, std::uint32_t value_bytes) {
    put_little(rows, static_cast<std::uint32_t>(key.size()));
    put_little(rows, value_bytes);
    rows += key;
}

}  // namespace

void Commit::put_row(std::string_view key, std::string_view value) {
    check(value.size() < erased);
    append_row(rows_, key, static_cast<std::uint32_t>(value.size()));
    rows_ += value;
    ++row_count_;
}

void Commit::erase_row(std::string_view key) {
    append_row(rows_, key, erased);
    ++row_count_;
}

std::optional<RowChange> take_row(std::string_view& rows) {
    if (rows.size() < 8) return std::nullopt;
    std::string_view rest = rows;
    const std::size_t key_bytes = take_little<std::uint32_t>(rest);
    const std::uint32_t value_bytes = take_little<std::uint32_t>(rest);
    const std::size_t kept = value_bytes == erased ? 0 : value_bytes;
    if (rest.size() < key_bytes + kept) return std::nullopt;
    RowChange row{rest.substr(0, key_bytes), std::nullopt};
    if (value_bytes != erased) row.value = rest.substr(key_bytes, kept);
    rows = rest.substr(key_bytes + kept);
    return row;
}

}  // namespace whistlestop
