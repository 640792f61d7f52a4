#include "services/optout/classify/noise.hpp"

#include <algorithm>

namespace whistlestop::optout::classify {
namespace {

using std::string_view;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with(string_view text, string_view lower_prefix) {
    return text.size() >= lower_prefix.size() &&
           std::ranges::equal(text.substr(0, lower_prefix.size()), lower_prefix, {}, lower);
}

// Where `lower_part` begins in `text`, ignoring ASCII case.
std::size_t find(string_view text, string_view lower_part, std::size_t from = 0) {
    const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
                                lower_part.begin(), lower_part.end(), [](char a, char b) { return lower(a) == b; });
    return at == text.end() ? string_view::npos : static_cast<std::size_t>(at - text.begin());
}

string_view trim(string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

constexpr string_view quotes[] = {"“", "\"", "”", "«", "„", "'", "‘"};

// Length of the quotation mark that `text` begins with; 0 if it begins with none.
std::size_t quote_at(string_view text) {
    for (const string_view quote : quotes) {
        if (text.starts_with(quote)) return quote.size();
    }
    return 0;
}

// iOS and Android write these before the text that was reacted to.
constexpr string_view reactions[] = {
    "liked",
    "loved",
    "disliked",
    "emphasized",
    "emphasised",
    "questioned",
    "laughed at",
    "reacted",
    "removed a ",
    "removed an ",
    "le gustó",
    "me gustó",
    "le gusto",
    "me gusto",
    "le encantó",
    "me encantó",
    "le encanto",
    "me encanto",
    "no le gustó",
    "no me gustó",
    "se rió de",
    "se rio de",
    "me reí de",
    "enfatizó",
    "enfatizo",
    "exclamó por",
    "destacó",
    "cuestionó",
    "reaccionó",
    "reaccionaste",
    "quitó",
    "hizo énfasis en",
    "preguntó por",
    "a aimé",
    "a adoré",
    "a ri à",
    "a mis en évidence",
    "thích",
    "gostou de",
    "amou",
    "riu de",
    "curtiu",
};

// The rest after the closing mark of a quotation that opens at `open`; everything is quoted if it never closes.
string_view after_quote(string_view text, std::size_t open) {
    const std::size_t mark = quote_at(text.substr(open));
    const bool curly = text.substr(open).starts_with("“");
    const std::size_t close = curly ? text.rfind("”") : text.rfind(text.substr(open, mark));
    if (close == string_view::npos || close <= open) return {};
    return text.substr(close + (curly ? string_view{"”"}.size() : mark));
}

// The opening mark of the quotation that a reaction verb or an emoji introduces; npos if this is no reaction.
std::size_t reaction_quote(string_view text) {
    for (const string_view verb : reactions) {
        if (!starts_with(text, verb)) continue;
        for (std::size_t at = verb.size(); at < text.size() && at < verb.size() + 40; ++at) {
            if (text[at] == '\n') break;
            if (text[at - 1] == ' ' && quote_at(text.substr(at)) > 0) return at;
        }
    }
    // "😂 to “…”": a short run that is not ASCII, then "to" and a quotation.
    if (!text.empty() && static_cast<unsigned char>(text.front()) >= 0xE2) {
        for (const string_view link : {string_view{" to "}, string_view{" a "}, string_view{" en respuesta a "}}) {
            const std::size_t at = find(text.substr(0, 40), link);
            if (at != string_view::npos && quote_at(text.substr(at + link.size())) > 0) return at + link.size();
        }
    }
    return string_view::npos;
}

constexpr string_view footers[] = {"reply stop",     "text stop",     "stop to ",     "stop=",     "stop2",
                                   "txt stop",       "responde alto", "alto para",    "reply end", "to opt out",
                                   "to unsubscribe", "stop to",       "responda alto"};

// The range of a quotation inside the message that holds our own footer; empty if there is none.
string_view quoted_footer(string_view text) {
    for (const string_view quote : {string_view{"“"}, string_view{"\""}}) {
        const std::size_t open = text.find(quote);
        if (open == string_view::npos) continue;
        const string_view rest = text.substr(open + quote.size());
        const std::size_t close = std::min(rest.find(quote == "\"" ? "\"" : "”"), rest.size());
        const string_view inside = rest.substr(0, close);
        const bool footer = inside.size() > 12 && std::ranges::any_of(footers, [&](string_view f) {
                                return find(inside, f) < inside.size();
                            });
        if (footer) return text.substr(open, quote.size() + close);
    }
    return {};
}

void add(Written& written, string_view part) {
    part = trim(part);
    if (!part.empty() && written.part_count < Written::parts_max) written.parts[written.part_count++] = part;
}

}  // namespace

Written strip_noise(string_view message) {
    Written written;
    string_view tail;
    message = trim(message);
    if (message.size() > head_bytes_max + tail_bytes_max) {
        tail = message.substr(message.size() - tail_bytes_max);
        message = message.substr(0, head_bytes_max);
    }
    if (const std::size_t open = reaction_quote(message); open != string_view::npos) {
        written.reaction = written.quoted = true;
        message = trim(after_quote(message, open));
    }
    if (const string_view quote = quoted_footer(message); !quote.empty()) {
        written.quoted = true;
        const auto begin = static_cast<std::size_t>(quote.data() - message.data());
        add(written, message.substr(0, begin));
        add(written, message.substr(begin + quote.size()));
    } else {
        add(written, message);
    }
    add(written, tail);
    return written;
}

}  // namespace whistlestop::optout::classify
