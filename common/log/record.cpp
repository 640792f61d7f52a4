#include "common/log/record.hpp"

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"

namespace whistlestop {
namespace {

constexpr std::size_t fixed_bytes = 2 + 2 + 8 + 8 + 4 + 4 + 4;

bool known(TopicPartition at) {
    const auto number = static_cast<std::size_t>(at.topic);
    return number >= 1 && number <= all_topics().size() && at.partition < spec_of(at.topic).partitions;
}

}  // namespace

Headers& Headers::add(std::string_view name, std::string_view value) {
    name = name.substr(0, header_bytes_max);
    value = value.substr(0, header_bytes_max);
    put_little(encoded_, static_cast<std::uint16_t>(name.size()));
    put_little(encoded_, static_cast<std::uint16_t>(value.size()));
    encoded_ += name;
    encoded_ += value;
    return *this;
}

std::optional<HeaderView> next_header(std::string_view& encoded) {
    if (encoded.size() < 4) return std::nullopt;
    const std::size_t name = take_little<std::uint16_t>(encoded);
    const std::size_t value = take_little<std::uint16_t>(encoded);
    if (encoded.size() < name + value) return std::nullopt;
    const HeaderView header{encoded.substr(0, name), encoded.substr(name, value)};
    encoded.remove_prefix(name + value);
    return header;
}

std::optional<std::string_view> find_header(std::string_view encoded, std::string_view name) {
    while (const auto header = next_header(encoded))
        if (header->name == name) return header->value;
    return std::nullopt;
}

void encode_record(std::string& out, const Record& record) {
    const std::size_t bytes = fixed_bytes + record.key.size() + record.headers.size() + record.value.size();
    check(bytes <= 0xffffffff);
    out.reserve(out.size() + 4 + bytes);
    put_little(out, static_cast<std::uint32_t>(bytes));
    put_little(out, static_cast<std::uint16_t>(record.at.topic));
    put_little(out, record.at.partition);
    put_little(out, record.offset);
    put_little(out, static_cast<std::uint64_t>(record.time.value));
    put_little(out, static_cast<std::uint32_t>(record.key.size()));
    put_little(out, static_cast<std::uint32_t>(record.headers.size()));
    put_little(out, static_cast<std::uint32_t>(record.value.size()));
    out += record.key;
    out += record.headers;
    out += record.value;
}

std::optional<Record> take_record(std::string_view& bytes) {
    if (bytes.size() < 4) return std::nullopt;
    std::string_view rest = bytes;
    const std::size_t size = take_little<std::uint32_t>(rest);
    if (rest.size() < size || size < fixed_bytes) return std::nullopt;
    rest = rest.substr(0, size);

    Record record;
    record.at.topic = static_cast<Topic>(take_little<std::uint16_t>(rest));
    record.at.partition = take_little<std::uint16_t>(rest);
    record.offset = take_little<std::uint64_t>(rest);
    record.time = {static_cast<std::int64_t>(take_little<std::uint64_t>(rest))};
    const std::size_t key = take_little<std::uint32_t>(rest);
    const std::size_t headers = take_little<std::uint32_t>(rest);
    const std::size_t value = take_little<std::uint32_t>(rest);
    if (!known(record.at) || key + headers + value != rest.size()) return std::nullopt;
    record.key = rest.substr(0, key);
    record.headers = rest.substr(key, headers);
    record.value = rest.substr(key + headers);
    bytes.remove_prefix(4 + size);
    return record;
}

}  // namespace whistlestop
