#include "services/optout/classify/scan.hpp"

#include <algorithm>
#include <array>

#include "services/optout/classify/characters.hpp"

namespace whistlestop::optout::classify {
namespace {

using std::string_view;

struct EmojiGroup {
    string_view shown;  // how the normalised text writes the whole group
    std::u32string_view members;
};
constexpr EmojiGroup emoji_groups[] = {
    {"🛑", U"🛑🚫⛔📵🔇🔕"},
    {"✋", U"✋🤚🙅❌✖"},  // "I'm in" and "no", as an answer
    {"🖕", U"🖕"},
    {"😡", U"😡😠🤬😤👿💢"},
    {"🙄", U"🙄😒👎💀😑😐🤮🤢💩😩😫🤡"},
    {"😂", U"😂🤣😆😅😹"},
    {"👍", U"👍❤💙💜💚💛🧡🖤💖💕💪🎉👏🙌😍🥰😊🙂😀😁🔥✅✔💯☺🗳"},
    {"🙏", U"🙏"},
};
constexpr string_view other_emoji = "⭐";

string_view shown_emoji(char32_t value) {
    for (const auto& [shown, members] : emoji_groups) {
        if (members.find(value) != std::u32string_view::npos) return shown;
    }
    return other_emoji;
}

bool ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool ascii_digit(char c) { return c >= '0' && c <= '9'; }

constexpr string_view top_domains[] = {"com", "org", "net", "gov", "edu", "io", "ly", "vote"};

class Scanner {
public:
    Scanner(string_view part, const char* message_begin, Text& out)
        : part_(part), offset_(static_cast<std::size_t>(part.data() - message_begin)), out_(out) {}

    void run() {
        while (at_ < part_.size()) {
            if (open_ && ascii_letter(part_[at_]) && !letters_full(4)) {  // most of any message
                out_.letters[out_.letter_count++] = static_cast<char>(part_[at_++] | 0x20);
                token_.raw_end = raw(at_);
                continue;
            }
            if (part_[at_] == ' ') {
                flush();
                ++at_;
                continue;
            }
            const CodePoint point = read_code_point(part_, at_);
            const Character c = fold(point.value);
            step(c, point.bytes);
            at_ = std::max(at_ + point.bytes, skip_to_);
        }
        flush();
        end_sentence(Break::sentence);
    }

private:
    void step(Character c, std::size_t bytes) {
        switch (c.kind) {
            case CharacterKind::letter:
            case CharacterKind::digit: return append(c.value, bytes);
            case CharacterKind::ideograph: return single(c.value, TokenKind::ideograph, bytes);
            case CharacterKind::emoji: return emoji(c.value, bytes);
            case CharacterKind::symbol: return symbol(static_cast<char>(c.value));
            case CharacterKind::comma:
                flush();
                comma_ = true;
                return;
            case CharacterKind::hyphen:
                flush();
                comma_ = comma_ || parts_clauses(bytes);
                return;
            case CharacterKind::space: return flush();
            case CharacterKind::line_break: flush(); return end_sentence(Break::sentence);
            case CharacterKind::full_stop: return full_stop();
            case CharacterKind::ender: return ender(c.value);
            case CharacterKind::apostrophe:
            case CharacterKind::nothing: return;
        }
    }

    // A dash between blanks, behind a word: "STOP - Ann Lee". Not "s - t - o - p", nor "5 - 9".
    [[nodiscard]] bool parts_clauses(std::size_t bytes) const {
        if (out_.token_count == 0 || at_ == 0 || at_ + bytes >= part_.size()) return false;
        const Token& before = out_.tokens[out_.token_count - 1U];
        return before.kind == TokenKind::word && before.size > 1 && part_[at_ - 1] == ' ' && part_[at_ + bytes] == ' ';
    }

    void append(char32_t value, std::size_t bytes) {
        if (letters_full(4) || out_.token_count == Text::token_max) return;
        if (!open_) begin_token(TokenKind::word);
        out_.letter_count = static_cast<std::uint16_t>(
            out_.letter_count + write_code_point(value, out_.letters.data() + out_.letter_count));
        token_.raw_end = raw(at_ + bytes);
    }

    void begin_token(TokenKind kind) {
        open_ = true;
        token_ = Token{};
        token_.kind = kind;
        token_.begin = out_.letter_count;
        token_.raw_begin = raw(at_);
        token_.raw_end = raw(at_);
    }

    void flush() {
        if (!open_) return;
        open_ = false;
        token_.size = static_cast<std::uint16_t>(out_.letter_count - token_.begin);
        if (token_.size == 0) return;
        const string_view letters = out_.word(token_);
        if (token_.kind == TokenKind::word && std::ranges::all_of(letters, ascii_digit)) {
            // A phone number is one number, and which one it is does not matter: "0" stands for all but 7726 (report
            // spam).
            if (letters != "7726") {
                token_.kind = TokenKind::number;
                out_.letters[token_.begin] = '0';
                out_.letter_count = static_cast<std::uint16_t>(token_.begin + 1);
                token_.size = 1;
                if (merges_with_number()) return;
            }
        }
        push();
    }

    bool merges_with_number() {
        if (out_.token_count == 0) return false;
        Token& previous = out_.tokens[out_.token_count - 1];
        if (previous.kind != TokenKind::number || previous.after != Break::none) return false;
        previous.raw_end = token_.raw_end;
        return true;
    }

    void push() {
        token_.hash = word_hash(out_.word(token_));
        token_.after_comma = comma_;
        comma_ = false;
        out_.tokens[out_.token_count++] = token_;
    }

    void single(char32_t value, TokenKind kind, std::size_t bytes) {
        flush();
        if (letters_full(4) || out_.token_count == Text::token_max) return;
        begin_token(kind);
        out_.letter_count = static_cast<std::uint16_t>(
            out_.letter_count + write_code_point(value, out_.letters.data() + out_.letter_count));
        token_.raw_end = raw(at_ + bytes);
        flush();
    }

    void emoji(char32_t value, std::size_t bytes) {
        if (is_regional_indicator(value) && regional_word()) return;
        const bool was_open = open_;
        flush();
        const string_view shown = shown_emoji(value);
        if (!was_open && out_.token_count > 0) {
            Token& previous = out_.tokens[out_.token_count - 1];
            if (previous.kind == TokenKind::emoji && out_.word(previous) == shown && previous.after == Break::none) {
                previous.raw_end = raw(at_ + bytes);
                return;
            }
        }
        if (letters_full(4) || out_.token_count == Text::token_max) return;
        begin_token(TokenKind::emoji);
        set_word(out_, token_, shown);
        token_.size = static_cast<std::uint16_t>(shown.size());
        token_.raw_end = raw(at_ + bytes);
        open_ = false;
        push();
    }

    // Regional indicators are flags in pairs and letters in longer runs of different pairs.
    bool regional_word() {
        std::size_t count = 0;
        bool repeats = true;
        std::array<char32_t, 16> run{};
        for (std::size_t at = at_; at < part_.size() && count < run.size(); ++count) {
            const CodePoint point = read_code_point(part_, at);
            if (!is_regional_indicator(point.value)) break;
            run[count] = point.value;
            if (count >= 2 && run[count] != run[count - 2]) repeats = false;
            at += point.bytes;
        }
        if (count < 3 || repeats) return false;
        flush();
        for (std::size_t i = 0; i < count; ++i) {
            append(U'a' + (run[i] - 0x1F1E6), 4);
            at_ += 4;
        }
        skip_to_ = at_;
        at_ -= 4;
        flush();
        return true;
    }

    void symbol(char c) {
        const char next = at_ + 1 < part_.size() ? part_[at_ + 1] : ' ';
        if (c == '#' && !open_ && ascii_letter(next)) {
            ++at_;
            begin_token(TokenKind::hashtag);
            --at_;
            return;
        }
        if (c == '#' || (c == '$' && ascii_digit(next)) || !(open_ || ascii_letter(next))) return flush();
        append(static_cast<char32_t>(c), 1);
    }

    void full_stop() {
        const bool inside = open_ && at_ + 1 < part_.size();
        if (inside && link_follows()) return;
        if (inside && ascii_digit(part_[at_ + 1]) && ascii_digit(part_[at_ - 1])) return;  // 4.50, 1.2.3
        const bool initial = open_ && open_letters() == 1;
        flush();
        if (!initial) end_sentence(Break::sentence);
    }

    void ender(char32_t value) {
        const bool scheme = value == ':' && open_ && part_.substr(at_).starts_with("://");
        if (scheme) return take_link();
        const bool clock = value == ':' && at_ + 1 < part_.size() && ascii_digit(part_[at_ + 1]);
        flush();
        if (!clock) end_sentence(value == '?' ? Break::question : Break::sentence);
    }

    bool link_follows() {
        const string_view rest = part_.substr(at_ + 1);
        const std::size_t end = static_cast<std::size_t>(
            std::ranges::find_if_not(rest, [](char c) { return ascii_letter(c) || ascii_digit(c) || c == '.'; }) -
            rest.begin());
        const string_view host = rest.substr(0, end);
        const std::size_t dot = host.find_last_of('.');
        const string_view domain = dot == string_view::npos || dot + 1 == host.size() ? host : host.substr(dot + 1);
        const bool www = open_letters() == 3 && out_.letters[token_.begin] == 'w' && !host.empty();
        const auto same = [](char a, char b) { return (a | 0x20) == b; };
        const auto is_domain = [&](string_view top) { return std::ranges::equal(domain, top, same); };
        if (!www && std::ranges::none_of(top_domains, is_domain)) return false;
        take_link();
        return true;
    }

    // The open token and all that follows up to a blank is one link.
    void take_link() {
        std::size_t end = at_;
        while (end < part_.size() && static_cast<unsigned char>(part_[end]) > ' ') ++end;
        while (end > at_ + 1 && string_view{".,!?;:)'\""}.find(part_[end - 1]) != string_view::npos) --end;
        skip_to_ = end;
        out_.letter_count = token_.begin;
        open_ = false;
        if (letters_full(16)) return;
        token_.kind = TokenKind::link;
        token_.raw_end = raw(end);
        set_word(out_, token_, "http://x.com");
        push();
    }

    void end_sentence(Break kind) {
        if (out_.token_count == 0) return;
        Token& last = out_.tokens[out_.token_count - 1];
        if (last.after != Break::question) last.after = kind;
    }

    [[nodiscard]] bool letters_full(std::size_t more) const { return out_.letter_count + more > Text::letters_max; }
    [[nodiscard]] std::size_t open_letters() const {
        return static_cast<std::size_t>(out_.letter_count - token_.begin);
    }
    [[nodiscard]] std::uint32_t raw(std::size_t at) const { return static_cast<std::uint32_t>(offset_ + at); }

    string_view part_;
    std::size_t offset_;
    Text& out_;
    std::size_t at_ = 0;
    std::size_t skip_to_ = 0;
    bool open_ = false;
    bool comma_ = false;
    Token token_;
};

}  // namespace

void scan(std::string_view part, const char* message_begin, Text& out) { Scanner{part, message_begin, out}.run(); }

void set_word(Text& text, Token& token, std::string_view word) {
    if (text.letter_count + word.size() > Text::letters_max) return;
    token.begin = text.letter_count;
    token.size = static_cast<std::uint16_t>(word.size());
    std::ranges::copy(word, text.letters.data() + text.letter_count);
    text.letter_count = static_cast<std::uint16_t>(text.letter_count + word.size());
    token.hash = word_hash(word);
}

}  // namespace whistlestop::optout::classify
