#pragma once
// What the tests of the stage share: a driver, and the words to tell it what happened.

#include <gtest/gtest.h>

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/directory.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include "whistlestop/v1/outbound.pb.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/testing/stage_driver.hpp"
#include "common/wire/envelope.hpp"
#include "services/optout/consent/stage.hpp"

namespace whistlestop::optout {

inline constexpr auto contact = "+13035550199";
inline constexpr auto number = "+13035550100";
inline constexpr std::int64_t day = 24LL * 3600 * 1000;

// A classifier of three texts.
inline Classified classify(std::string_view body) {
    if (body == "leave me alone") return {v1::LABEL_OPT_OUT, v1::ACTION_OPTOUT, 0.9, "model", "alone", "m1"};
    if (body == "hmm stop maybe") return {v1::LABEL_OPT_OUT, v1::ACTION_REVIEW, 0.6, "model", "maybe", "m1"};
    if (body == "text me again") return {v1::LABEL_OPT_IN, v1::ACTION_NONE, 0.9, "model", "again", "m1"};
    return {};
}

inline Stages stages() {
    auto directory = std::make_shared<DirectoryView>();
    return {{{Topic::directory, directory.get()}}, {consent_stage(*directory, classify)}, {directory}};
}

// Two organisations and a sender that is nobody's yet.
struct World {
    StageDriver driver{stages};

    World() {
        organisation("greens", "The Greens");
        organisation("blues", "The Blues");
        driver.settle();
    }

    std::int64_t now() { return driver.clock().wall().value; }

    void tell(const std::string& key, const v1::DirectoryRecord& record) {
        driver.write({Topic::directory, key, key, record.SerializeAsString()});
    }
    void organisation(const std::string& id, const std::string& name) {
        v1::DirectoryRecord record;
        record.mutable_organisation()->set_id(id);
        record.mutable_organisation()->set_name(name);
        tell("organisation/" + id, record);
    }
    // Owners with how long ago each began.
    void sender(std::initializer_list<std::pair<const char*, std::int64_t>> owners,
                const v1::KeywordProfile& keywords = {}) {
        v1::DirectoryRecord record;
        record.set_version(9);
        record.mutable_sender()->set_number(number);
        record.mutable_sender()->set_account("main");
        *record.mutable_sender()->mutable_keywords() = keywords;
        for (const auto& [organisation, ago] : owners) {
            auto& owner = *record.mutable_sender()->add_owners();
            owner.set_organisation(organisation);
            owner.set_since_ms(now() - ago);
        }
        tell("sender", record);
        driver.settle();
    }

    void write_text(const std::string& id, const v1::InboundText& said, const std::string& account = "main") {
        v1::InboundRecord record;
        *record.mutable_text() = said;
        record.mutable_text()->set_account(account);
        record.mutable_text()->set_provider_id(id);
        driver.write({Topic::inbound, contact, contact, record.SerializeAsString()});
    }
    v1::InboundText text(const std::string& body) {
        v1::InboundText said;
        said.set_contact(contact);
        said.set_sender(number);
        said.set_body(body);
        said.set_received_ms(now());
        return said;
    }
    void say(const std::string& id, const std::string& body) {
        write_text(id, text(body));
        driver.settle();
    }
    void mark(const std::string& instance, std::uint16_t partition) {
        v1::InboundRecord record;
        record.mutable_marker()->set_instance(instance);
        record.mutable_marker()->set_boot(3);
        driver.write({Topic::inbound, instance, instance, record.SerializeAsString(), {}, partition});
    }

    v1::ConsentCommand opt_out(v1::ConsentEntry::Cause cause, const std::string& inbound_id = "") {
        v1::ConsentCommand command;
        command.set_organisation("greens");
        command.set_contact(contact);
        command.mutable_opt_out()->set_cause(cause);
        command.mutable_opt_out()->set_by("volunteer 7");
        command.mutable_opt_out()->set_inbound_id(inbound_id);
        return command;
    }
    void command(const std::string& id, const v1::ConsentCommand& asked) {
        const Headers headers = envelope_headers(id, "consent.command", driver.clock().wall(), "");
        driver.write({Topic::consent_commands, contact, contact, asked.SerializeAsString(), headers.encoded()});
        driver.settle();
    }

    std::vector<v1::ConsentRecord> records() { return all<v1::ConsentRecord>(Topic::consent); }
    template <class Message>
    std::vector<Message> all(Topic topic) {
        std::vector<Message> messages;
        for (const Seen& seen : driver.seen(topic)) EXPECT_TRUE(messages.emplace_back().ParseFromString(seen.value));
        return messages;
    }
    // What a reader of `consent` would hold: the ids that stand, by organisation.
    std::map<std::string, std::vector<std::string>> standing() {
        std::map<std::string, std::vector<std::string>> standing;
        for (const auto& record : records()) {
            auto& ids = standing[record.standing().organisation()];
            ids.clear();
            for (const auto& entry : record.standing().entries()) ids.push_back(entry.id());
        }
        return standing;
    }
    std::vector<v1::OutboundRequest> confirmations() { return all<v1::OutboundRequest>(Topic::outbound_answers); }
};

}  // namespace whistlestop::optout
