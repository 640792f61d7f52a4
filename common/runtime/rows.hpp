#pragma once
// Rows: a table whose rows are protobuf messages.

#include <optional>
#include <string>
#include <string_view>

#include "common/base/check.hpp"
#include "common/runtime/processor.hpp"

namespace whistlestop {

template <class Message>
class Rows {
public:
    explicit constexpr Rows(TableId table) : table_{table} {}
    [[nodiscard]] constexpr TableId table() const { return table_; }

    [[nodiscard]] std::optional<Message> get(Context& context, std::string_view key) const {
        const auto bytes = context.get(table_, key);
        if (!bytes) return std::nullopt;
        return parse(*bytes);
    }
    void put(Context& context, std::string_view key, const Message& row) const {
        context.put(table_, key, row.SerializeAsString());
    }
    void insert(Context& context, std::string_view key, const Message& row) const {
        context.insert(table_, key, row.SerializeAsString());
    }
    void erase(Context& context, std::string_view key) const { context.erase(table_, key); }

    // A row we wrote ourselves: that it cannot be read is our bug.
    [[nodiscard]] static Message parse(std::string_view bytes) {
        Message row;
        check(row.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
        return row;
    }

private:
    TableId table_;
};

}  // namespace whistlestop
