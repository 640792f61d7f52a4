#include "services/intake/authenticate/twilio.hpp"

#include <algorithm>
#include <vector>

#include "common/domain/form.hpp"
#include "services/intake/authenticate/hmac.hpp"
#include "services/intake/authenticate/recut.hpp"
#include "services/intake/authenticate/url.hpp"

namespace whistlestop::intake {
namespace {

constexpr std::size_t signature_size = 28;  // base64 of 20 bytes

// All of Twilio's names do; else the end of the URL, a digit or "?ref=…", could be made a field, and is signed alike.
bool begins_with_letter(std::string_view name) {
    return !name.empty() && ((name[0] >= 'A' && name[0] <= 'Z') || (name[0] >= 'a' && name[0] <= 'z'));
}

// The fields in the order of their names' bytes; the values of a repeated name sorted, and each once, as twilio-python
// and twilio-node do (twilio-go keeps one value; they disagree, and a published vector of python and node decides).
Result<std::string> signed_fields(std::string_view body) {
    const auto form = decode_form(body);
    if (!form) return std::unexpected{form.error()};
    std::vector<const Form::value_type*> fields;
    for (const auto& field : *form) {
        if (!begins_with_letter(field.first)) return fail(Fault::refused, "a field's name begins with no letter");
        fields.push_back(&field);
    }
    const auto less = [](const auto* a, const auto* b) { return *a < *b; };
    const auto same = [](const auto* a, const auto* b) { return *a == *b; };
    std::ranges::sort(fields, less);
    fields.erase(std::ranges::unique(fields, same).begin(), fields.end());
    std::string out;
    std::string without_body;
    out.reserve(body.size());
    for (const auto* field : fields) {
        out.append(field->first).append(field->second);
        if (field->first != "Body") without_body.append(field->first).append(field->second);
    }
    if (names_two_texts(without_body)) return fail(Fault::refused, "names two messages and two senders");
    return out;
}

}  // namespace

Result<void> verify_twilio(const SignedRequest& request, std::span<const std::string> tokens) {
    if (request.signature.size() != signature_size) return fail(Fault::refused, "signature is missing or malformed");
    const UrlParts url = cut_url(request.url);
    const auto body = signed_fields(request.body);
    if (!body) return std::unexpected{body.error()};

    const std::string escaped = escape_query(url.after_port);
    std::vector<std::string_view> targets{url.after_port};
    if (escaped != url.after_port) targets.emplace_back(escaped);
    for (const std::string& token : tokens) {
        if (token.empty()) continue;  // an empty key would verify what anybody signs
        for (const std::string_view target : targets)
            for (const std::string_view port : port_spellings(url)) {
                const std::string want = hmac_sha1_base64(token, {url.before_port, port, target, *body});
                if (equal_in_constant_time(want, request.signature)) return {};
            }
    }
    return fail(Fault::refused, "signature does not match");
}

}  // namespace whistlestop::intake
