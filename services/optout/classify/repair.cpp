#include "services/optout/classify/repair.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "services/optout/classify/characters.hpp"
#include "services/optout/classify/scan.hpp"
#include "services/optout/classify/spelling.hpp"

namespace whistlestop::optout::classify {
namespace {

using std::string_view;

constexpr Classes keywords = bit(WordClass::keyword) | bit(WordClass::keyword_other);
constexpr std::size_t word_max = 32;                // longer words are nobody's keyword
constexpr string_view unsubscribe = "unsubscribe";  // the keyword that is most often misspelt

struct Buffer {
    std::array<char, word_max + 4> letters{};
    std::size_t size = 0;

    void add(char c) {
        if (size < word_max) letters[size++] = c;
    }
    void add(string_view text) {
        for (const char c : text) add(c);
    }
    [[nodiscard]] string_view view() const { return {letters.data(), size}; }
};

bool ascii_letter(char c) { return c >= 'a' && c <= 'z'; }

class Repairer {
public:
    Repairer(const Lexicon& lexicon, const WordSet& real_words, Text& text)
        : lexicon_(lexicon), real_words_(real_words), text_(text) {}

    void run() {
        for (std::size_t i = 0; i < text_.token_count; ++i) look_up(text_.tokens[i]);
        join_spelled();
        for (std::size_t i = 0; i < text_.token_count; ++i) {
            Token& token = text_.tokens[i];
            if (token.id != 0 || token.kind != TokenKind::word || real_words_.contains(token.hash)) continue;
            undisguise(token);
            drop_digits(token);
        }
        join_halves();
        split_glued();
        correct_typos();
    }

private:
    bool look_up(Token& token) {
        const Lexicon::Entry* entry = lexicon_.find(token.hash);
        token.id = entry == nullptr ? 0 : entry->id;
        token.classes = entry == nullptr ? 0 : entry->classes;
        if (token.kind == TokenKind::number) token.classes |= bit(WordClass::number);
        if (token.kind == TokenKind::emoji) token.classes |= bit(WordClass::emoji);
        return entry != nullptr;
    }

    [[nodiscard]] bool known(string_view word) const {
        const std::uint64_t hash = word_hash(word);
        return lexicon_.find(hash) != nullptr || real_words_.contains(hash);
    }

    [[nodiscard]] bool is_keyword(string_view word) const {
        const Lexicon::Entry* entry = lexicon_.find(word);
        return entry != nullptr && (entry->classes & keywords) != 0;
    }

    void replace(Token& token, string_view word) {
        set_word(text_, token, word);
        look_up(token);
        text_.repaired = true;
    }

    // One plain letter that `letters` stands for; 0 if it is more than one.
    static char plain_letter(string_view letters) {
        const CodePoint point = read_code_point(letters, 0);
        if (point.bytes != letters.size()) return 0;
        if (point.value < 0x80) {
            const char c = static_cast<char>(point.value);
            return ascii_letter(c) ? c : leet_twin(point.value);
        }
        return latin_twin(point.value);
    }

    // "S T O P", "s.t.o.p", one letter per line.
    void join_spelled() {
        for (std::size_t first = 0; first + 3 <= text_.token_count; ++first) {
            Buffer word;
            std::size_t best = 0;
            for (std::size_t i = first; i < text_.token_count && word.size < 14; ++i) {
                // A digit scans as the number 0, so that only the letter o can hide in one.
                const char letter = plain_letter(text_.word(i));
                if (letter == 0) break;
                word.add(letter);
                if (word.size >= 3 && is_keyword(word.view())) best = word.size;
            }
            if (best == 0) continue;
            word.size = best;
            merge(first, best, word.view());
        }
    }

    void merge(std::size_t first, std::size_t count, string_view word) {
        Token& token = text_.tokens[first];
        token.kind = TokenKind::word;
        token.raw_end = text_.tokens[first + count - 1].raw_end;
        token.after = text_.tokens[first + count - 1].after;
        replace(token, word);
        std::move(text_.tokens.begin() + static_cast<std::ptrdiff_t>(first + count),
                  text_.tokens.begin() + text_.token_count,
                  text_.tokens.begin() + static_cast<std::ptrdiff_t>(first + 1));
        text_.token_count = static_cast<std::uint16_t>(text_.token_count - (count - 1));
    }

    // Look-alikes, leetspeak, repeated letters: whatever makes the word a real one.
    void undisguise(Token& token) {
        const string_view word = text_.word(token);
        Buffer plain;
        bool twins = false;
        bool leet = false;
        for (std::size_t at = 0; at < word.size();) {
            const CodePoint point = read_code_point(word, at);
            at += point.bytes;
            char c = point.value < 0x80 ? static_cast<char>(point.value) : latin_twin(point.value);
            if (c == 0) return;
            twins = twins || point.value >= 0x80;
            if (!ascii_letter(c)) {
                const char letter = leet_twin(point.value);
                leet = leet || letter != 0;
                if (letter != 0) c = letter;
            }
            plain.add(c);
        }
        const string_view candidate = plain.view();
        const bool half = candidate == "opt" || candidate == "out";
        if ((twins || leet) && (half || is_keyword(candidate))) return replace(token, candidate);
        if (twins && mixes_scripts(word)) replace(token, candidate);
        squeeze(token);
    }

    // "stop2": a finger that slipped, or the beginning of "stop 2 end". "cancel2" may have an object.
    void drop_digits(Token& token) {
        const string_view word = text_.word(token);
        const string_view letters = word.substr(0, word.find_last_not_of("0123456789") + 1);
        const bool keyword = letters == "stop" || letters == "stopall" || letters == "unsubscribe";
        if (keyword && letters.size() < word.size()) replace(token, letters);
    }

    static bool mixes_scripts(string_view word) {
        return std::ranges::any_of(word, ascii_letter) &&
               std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    }

    // Runs of equal letters: "stooooop" to "stop", "goooood" to "good".
    void squeeze(Token& token) {
        const string_view word = text_.word(token);
        Buffer single;
        Buffer pair;
        bool longer = false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const std::size_t run = i >= 2 && word[i] == word[i - 1] && word[i] == word[i - 2] ? 3
                                    : i >= 1 && word[i] == word[i - 1]                         ? 2
                                                                                               : 1;
            if (run == 1) single.add(word[i]);
            if (run <= 2) pair.add(word[i]);
            longer = longer || run == 3;
        }
        if (single.size == word.size()) return;
        if (is_keyword(single.view())) return replace(token, single.view());
        if (!longer) return;
        if (known(single.view())) return replace(token, single.view());
        replace(token, known(pair.view()) ? pair.view() : single.view());
    }

    [[nodiscard]] std::size_t content_words() const {
        const auto content = [&](const Token& token) {
            return token.kind == TokenKind::word && !token.is(WordClass::courtesy);
        };
        const auto end = text_.tokens.begin() + text_.token_count;
        return static_cast<std::size_t>(std::count_if(text_.tokens.begin(), end, content));
    }

    // "un subcribe"; a keyword beside something else is no half.
    [[nodiscard]] bool halves_of_unsubscribe(string_view first, string_view second, string_view joined) const {
        return joined.size() >= 9 && joined.size() <= 16 && !is_keyword(first) && !is_keyword(second) &&
               corrected(joined, Context::short_message) == unsubscribe;
    }

    // "sto p", "un subscribe", when that is nearly all there is.
    void join_halves() {
        if (text_.token_count > 4) return;
        for (std::size_t i = 0; i + 1 < text_.token_count; ++i) {
            if (text_.tokens[i].kind != TokenKind::word || text_.tokens[i + 1].kind != TokenKind::word) continue;
            Buffer word;
            word.add(text_.word(i));
            word.add(text_.word(i + 1));
            const Lexicon::Entry* entry = lexicon_.find(word.view());
            if (entry != nullptr && (entry->classes & bit(WordClass::keyword)) != 0 && word.view() != "optout" &&
                word.view() != "stopall") {
                merge(i, 2, word.view());
            } else if (halves_of_unsubscribe(text_.word(i), text_.word(i + 1), word.view())) {
                merge(i, 2, unsubscribe);
            }
        }
    }

    // "stoptexting", "removeme": the fewest known words, of which one asks for an end.
    void split_glued() {
        if (text_.token_count > 8) return;
        for (std::size_t i = 0; i < text_.token_count; ++i) {
            const Token& token = text_.tokens[i];
            const bool candidate = token.kind == TokenKind::word && token.id == 0 && token.size >= 6 &&
                                   token.size <= 24 && !real_words_.contains(token.hash);
            if (candidate && text_.token_count + 6U < Text::token_max) split(i);
        }
    }

    void split(std::size_t i) {
        constexpr Classes asks = bit(WordClass::keyword) | bit(WordClass::stop) | bit(WordClass::remove) |
                                 bit(WordClass::contact) | bit(WordClass::dont);
        std::array<char, 24> letters{};
        const std::size_t size = text_.tokens[i].size;
        std::ranges::copy(text_.word(i), letters.begin());
        const string_view word{letters.data(), size};
        std::array<std::uint8_t, 25> pieces{};
        std::array<std::uint8_t, 25> previous{};
        pieces.fill(255);
        pieces[0] = 0;
        Classes seen = 0;
        for (std::size_t end = 2; end <= size; ++end) {
            for (std::size_t from = 0; from + 2 <= end; ++from) {
                if (pieces[from] >= 5 || pieces[from] + 1 >= pieces[end]) continue;
                if (lexicon_.find(word.substr(from, end - from)) == nullptr) continue;
                pieces[end] = static_cast<std::uint8_t>(pieces[from] + 1);
                previous[end] = static_cast<std::uint8_t>(from);
            }
        }
        if (pieces[size] < 2 || pieces[size] > 5) return;
        std::array<string_view, 5> parts{};
        std::size_t count = pieces[size];
        for (std::size_t end = size, k = count; k-- > 0; end = previous[end]) {
            parts[k] = word.substr(previous[end], end - previous[end]);
            seen |= lexicon_.find(parts[k])->classes;
        }
        if ((seen & asks) == 0) return;
        insert_parts(i, {parts.data(), count});
    }

    void insert_parts(std::size_t i, std::span<const string_view> parts) {
        const auto at = text_.tokens.begin() + static_cast<std::ptrdiff_t>(i);
        const auto end = text_.tokens.begin() + text_.token_count;
        std::move_backward(at + 1, end, end + static_cast<std::ptrdiff_t>(parts.size() - 1));
        text_.token_count = static_cast<std::uint16_t>(text_.token_count + parts.size() - 1);
        const Token glued = text_.tokens[i];
        for (std::size_t k = 0; k < parts.size(); ++k) {
            Token& token = text_.tokens[i + k];
            token = glued;
            token.after = k + 1 == parts.size() ? glued.after : Break::none;
            replace(token, parts[k]);
        }
    }

    // Again while it helps: a word that turns out to be courtesy makes the message shorter.
    void correct_typos() {
        for (int round = 0; round < 4 && correct_each(); ++round) {
        }
    }

    bool correct_each() {
        std::optional<std::size_t> words;
        bool changed = false;
        for (std::size_t i = 0; i < text_.token_count; ++i) {
            Token& token = text_.tokens[i];
            if (token.id != 0 || token.kind != TokenKind::word || token.size < 3) continue;
            if (real_words_.contains(token.hash) || !std::ranges::all_of(text_.word(token), ascii_letter)) continue;
            if (!words) words = content_words();
            const string_view right =
                corrected(text_.word(token), *words <= 3 ? Context::short_message : Context::sentence);
            if (right.empty()) continue;
            replace(token, right);
            changed = true;
        }
        return changed;
    }

    const Lexicon& lexicon_;
    const WordSet& real_words_;
    Text& text_;
};

}  // namespace

void repair(const Lexicon& lexicon, const WordSet& real_words, Text& text) {
    Repairer{lexicon, real_words, text}.run();
}

}  // namespace whistlestop::optout::classify
