#include "tests/tidy/source.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <utility>

namespace whistlestop::tidy {
namespace {

namespace fs = std::filesystem;

// The top level is fixed (ARCHITECTURE.md), so nothing has to be asked of git and a new file counts at once.
constexpr std::string_view folders[] = {".ci", "common", "deploy", "load-tests", "proto", "services", "tests"};
constexpr std::size_t text_bytes_max = 1 << 20;

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Walks over one text, copying code and blanking the rest.
class Blanker {
public:
    explicit Blanker(std::string_view text) : text_{text} {}

    std::string run() {
        while (at_ < text_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        if (next_is("//")) return blank_until("\n");
        if (next_is("/*")) return blank_past("*/");
        if (next_is("R\"") && !after_name()) return raw_string();
        if (text_[at_] == '"' || (text_[at_] == '\'' && !after_name())) return literal(text_[at_]);
        out_.push_back(text_[at_++]);
    }

    [[nodiscard]] bool next_is(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    [[nodiscard]] bool after_name() const { return at_ > 0 && is_name(text_[at_ - 1]); }  // 1'000, FOR"..."

    void blank(std::size_t end) {
        for (; at_ < std::min(end, text_.size()); ++at_) out_.push_back(text_[at_] == '\n' ? '\n' : ' ');
    }
    void blank_until(std::string_view end) { blank(text_.find(end, at_)); }
    void blank_past(std::string_view end) {
        const std::size_t found = text_.find(end, at_);
        blank(found == std::string_view::npos ? found : found + end.size());
    }

    void raw_string() {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string_view::npos) return blank(open);
        blank_past(")" + std::string{text_.substr(at_ + 2, open - at_ - 2)} + "\"");
    }

    // The quotes stay, so that an #include still shows.
    void literal(char quote) {
        out_.push_back(text_[at_++]);
        while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n')
            blank(at_ + (text_[at_] == '\\' ? 2 : 1));
        if (at_ < text_.size()) out_.push_back(text_[at_++]);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
};

void read_into(std::vector<Source>& sources, const fs::path& root, const fs::path& file) {
    if (fs::file_size(file) > text_bytes_max) return;
    std::ifstream in{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (text.contains('\0')) return;
    sources.push_back(make_source(fs::relative(file, root).generic_string(), std::move(text)));
}

}  // namespace

std::string code_only(std::string_view text) { return Blanker{text}.run(); }

Source make_source(std::string path, std::string text) {
    Source source{std::move(path), std::move(text), {}};
    if (is_cpp(source)) source.code = code_only(source.text);
    return source;
}

std::vector<Source> read_tree(const fs::path& root) {
    std::vector<Source> sources;
    for (const auto& entry : fs::directory_iterator{root})
        if (entry.is_regular_file()) read_into(sources, root, entry.path());
    for (const std::string_view folder : folders) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator{root / folder})
            if (entry.is_regular_file()) read_into(sources, root, entry.path());
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

bool is_header(const Source& source) { return source.path.ends_with(".hpp"); }
bool is_cpp(const Source& source) { return is_header(source) || source.path.ends_with(".cpp"); }

bool is_written(const Source& source) {
    constexpr std::string_view endings[] = {".proto", ".py", ".sh", ".cmake", "CMakeLists.txt"};
    return is_cpp(source) || source.text.starts_with("#!") ||
           std::ranges::any_of(endings, [&](std::string_view ending) { return source.path.ends_with(ending); });
}

bool under(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace whistlestop::tidy
