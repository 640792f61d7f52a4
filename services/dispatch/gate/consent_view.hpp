#pragma once
// ConsentView: whom who may not text, from the broadcast topic `consent`; and who is told about echoes.

#include <string>
#include <string_view>

#include "common/base/text_map.hpp"
#include "common/runtime/processor.hpp"
#include "services/dispatch/gate/freshness.hpp"

namespace whistlestop::dispatch {

class ConsentView final : public View {
public:
    explicit ConsentView(Freshness& freshness) : freshness_{freshness} {}

    void load(std::string_view key, std::string_view value) override;
    [[nodiscard]] Applied apply(const Record& record, const Moment& now) override;

    // Blocks forbid whatever else does, and what a stop lets through besides.
    enum class Answer : std::uint8_t { allowed, opted_out, blocked };
    [[nodiscard]] Answer ask(std::string_view organisation, std::string_view contact) const;

private:
    [[nodiscard]] Answer find(std::string_view organisation, std::string_view contact) const;

    Freshness& freshness_;
    FlatTextMap<Answer> standing_;  // by organisation/contact
};

}  // namespace whistlestop::dispatch
