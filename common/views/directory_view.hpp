#pragma once
// DirectoryView: who exists, as the directory last said. Every process reads all of it.
//
// Pointers and views are valid until the next record is applied: look things up again after every call from outside.

#include "whistlestop/v1/directory.pb.h"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/text_map.hpp"
#include "common/log/record.hpp"
#include "common/runtime/processor.hpp"

namespace whistlestop {

class DirectoryView final : public View {
public:
    void load(std::string_view key, std::string_view value) override;
    [[nodiscard]] Applied apply(const Record& record, const Moment& now) override;

    // Null where there is none.
    [[nodiscard]] const v1::Organisation* organisation(std::string_view id) const;
    [[nodiscard]] const v1::Sender* sender(std::string_view number) const;
    [[nodiscard]] const v1::Campaign* campaign(std::string_view id) const;

    // That of the sender's record; 0 where there is none.
    [[nodiscard]] std::uint64_t sender_version(std::string_view number) const;

    // How much of the directory this has seen: of two views the one with the greater number knows all the other does.
    [[nodiscard]] std::uint64_t version() const { return version_; }

private:
    [[nodiscard]] bool keep(std::string_view value);

    TextMap<v1::Organisation> organisations_;
    TextMap<v1::Sender> senders_;
    TextMap<std::uint64_t> sender_versions_;
    TextMap<v1::Campaign> campaigns_;
    std::uint64_t version_ = 0;
};

// A stop covers whoever owns the sender or did within this time, so that it does not depend on when a move became known
// (Rules of the field, 3: a decision of this project, not of a regulator).
inline constexpr std::int64_t former_owner_covered_ms = std::int64_t{90} * 24 * 3600 * 1000;

// Empty: nobody owns it now.
[[nodiscard]] std::string_view owner_of(const v1::Sender& sender);

// Whom a stop to this sender covers, each once: the owner now, if there is one, then earlier ones, the newest first.
// Empty: nobody, so it covers everybody. Views into `sender`.
[[nodiscard]] std::vector<std::string_view> covered_organisations(const v1::Sender& sender, WallMs now,
                                                                  std::int64_t former_ms = former_owner_covered_ms);

}  // namespace whistlestop
