#include "tests/tidy/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace whistlestop::tidy {
namespace {

using std::string_view_literals::operator""sv;

// The system's own headers, one word in layers.txt.
constexpr std::array posix_headers{"arpa/inet.h"sv,   "errno.h"sv, "fcntl.h"sv,   "netdb.h"sv, "netinet/in.h"sv,
                                   "netinet/tcp.h"sv, "poll.h"sv,  "pthread.h"sv, "sched.h"sv, "signal.h"sv,
                                   "sys"sv,           "time.h"sv,  "unistd.h"sv};

// What a pure folder does without: it is handed the time, the facts and the lock, if there is one.
constexpr std::array impure_headers{
    "condition_variable"sv, "ctime"sv,      "filesystem"sv, "fstream"sv,   "future"sv,
    "iostream"sv,           "mutex"sv,      "random"sv,     "semaphore"sv, "shared_mutex"sv,
    "stop_token"sv,         "syncstream"sv, "thread"sv};

constexpr std::array test_headers{"gtest"sv, "gmock"sv, "common/testing"sv, "whistlestop"sv, "google/protobuf"sv};

bool has(const auto& list, std::string_view word) { return std::ranges::find(list, word) != std::end(list); }
bool is_standard(std::string_view header) { return !header.contains('/') && !header.contains('.'); }
bool is_posix(std::string_view header) {
    return std::ranges::any_of(posix_headers, [&](std::string_view name) { return under(header, name); });
}

bool is_test(std::string_view path) {
    return path.ends_with("_test.cpp") || path.substr(path.rfind('/') + 1).starts_with("test_");
}

// What a word of layers.txt stands for.
bool covers(std::string_view word, std::string_view header) {
    if (word == "*") return true;
    if (word == "posix") return is_posix(header);
    return under(header, word) || header == std::string{word} + ".hpp";  // boost/json and boost/json.hpp
}

// The header of an #include line; nothing for other lines.
std::optional<std::string_view> included(std::string_view line) {
    if (!line.starts_with("#include ")) return std::nullopt;
    const std::size_t open = line.find_first_of("<\"");
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t close = line.find_first_of(">\"", open + 1);
    return line.substr(open + 1, close - open - 1);
}

}  // namespace

Layers Layers::parse(std::string_view text) {
    Layers layers;
    std::map<std::string, std::vector<std::string>> names;
    std::vector<std::string>* words = nullptr;
    for (const std::string_view line : lines_of(text)) {
        std::istringstream in{std::string{line.substr(0, line.find('#'))}};
        std::string word;
        if (!line.starts_with(' ') && in >> word) {
            const bool name = line.contains(" = ");
            words = name ? &names[word] : &layers.layers_.emplace_back(Layer{word, {}}).may;
        }
        while (in >> word) {
            if (const auto named = names.find(word); named != names.end())
                words->insert(words->end(), named->second.begin(), named->second.end());
            else if (word != "=")
                words->push_back(word);
        }
    }
    return layers;
}

const Layer* Layers::layer_of(std::string_view path) const {
    const Layer* longest = nullptr;
    for (const Layer& layer : layers_)
        if (under(path, layer.folder) && (longest == nullptr || layer.folder.size() > longest->folder.size()))
            longest = &layer;
    return longest;
}

bool Layers::know(std::string_view path) const { return layer_of(path) != nullptr; }

std::optional<std::string> Layers::objection(std::string_view path, std::string_view header) const {
    const Layer* layer = layer_of(path);
    if (layer == nullptr) return "its folder has no line";
    const bool test = is_test(path);
    const bool pure = has(layer->may, "pure");
    if (is_standard(header)) {
        if (!pure || test || !has(impure_headers, header)) return std::nullopt;
        return fmt::format("{} is pure, it may not include <{}>: take the time, the facts, the numbers as parameters",
                           layer->folder, header);
    }
    const auto fits = [&](std::string_view word) { return covers(word, header); };
    if (under(header, layer->folder) || std::ranges::any_of(layer->may, fits)) return std::nullopt;
    if (test && std::ranges::any_of(test_headers, fits)) return std::nullopt;
    return fmt::format("{} may not include {}; tests/tidy/layers.txt says what it may", layer->folder, header);
}

std::vector<Complaint> forbidden_includes(const Source& source, const Layers& layers) {
    std::vector<Complaint> complaints;
    if (!is_cpp(source)) return complaints;
    if (!layers.know(source.path)) return {{source.path, 0, "a new folder needs a line in tests/tidy/layers.txt"}};
    const auto code = lines_of(source.code);
    const auto text = lines_of(source.text);
    for (std::size_t i = 0; i < code.size(); ++i) {
        const auto header = code[i].starts_with("#include ") ? included(text[i]) : std::nullopt;
        if (!header) continue;
        if (const auto why = layers.objection(source.path, *header)) complaints.push_back({source.path, i + 1, *why});
    }
    return complaints;
}

}  // namespace whistlestop::tidy
