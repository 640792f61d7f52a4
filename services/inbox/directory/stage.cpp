#include "services/inbox/directory/stage.hpp"

#include "whistlestop/state/v1/inbox.pb.h"
#include <memory>
#include <utility>

#include "common/commands/command.hpp"
#include "common/domain/names.hpp"
#include "common/runtime/sweep.hpp"
#include "common/views/directory_view.hpp"
#include "common/wire/envelope.hpp"
#include "services/inbox/directory/decide.hpp"

namespace whistlestop::directory {
namespace {

constexpr std::uint8_t stage_number = 4;
constexpr TableId records_table{first_free_table};
constexpr Rows<v1::DirectoryRecord> records{records_table};
constexpr Rows<state::v1::CommandRow> commands{TableId{first_free_table + 1}};
constexpr Rows<state::v1::DirectoryRow> counts{TableId{first_free_table + 2}};

std::string key_of(std::string_view kind, std::string_view id) { return std::string{kind}.append("/").append(id); }

std::string key_of(const v1::DirectoryRecord& record) {
    if (record.has_organisation()) return key_of("organisation", record.organisation().id());
    if (record.has_sender()) return key_of("sender", record.sender().number());
    return key_of("campaign", record.campaign().id());
}

// An organisation that cannot be has a slash where no name begins with one: its ids are nobody else's.
std::string key_of(const v1::DirectoryCommand& command, std::string_view id) {
    const std::string& organisation = organisation_of(command);
    return key_of(is_name(organisation) ? organisation : "/" + organisation, id);
}

class DirectoryProcessor final : public Processor {
public:
    explicit DirectoryProcessor(std::shared_ptr<const Accounts> accounts) : accounts_{std::move(accounts)} {}

    void on_record(Context& context, const Record& record) override {
        v1::DirectoryCommand command;
        const auto head = read_command(record, command);
        if (!head) return context.dead_letter(record, head.error().detail);
        if (head->id.empty()) return context.dead_letter(record, "id: want 1 to 200 bytes");
        if (const auto fits = check_age(record, *head); !fits) return context.dead_letter(record, fits.error().detail);

        const std::string command_key = key_of(command, head->id);
        if (commands.get(context, command_key)) return;
        const auto decided = decide(command, gather(context, command));

        state::v1::CommandRow row;
        row.set_accepted(decided.has_value());
        row.set_at_ms(context.now().wall.value);
        row.set_stub_until_ms(remembered_until_ms(*head, context.now().wall));
        commands.insert(context, command_key, row);
        if (decided) keep(context, *decided);
        answer(context, record, *head, decided ? nullptr : &decided.error());
    }

    void on_cycle(Context& context) override { sweep_.on_cycle(context); }

private:
    Facts gather(Context& context, const v1::DirectoryCommand& command) const {
        Facts facts;
        facts.now = context.now().wall;
        const auto account = accounts_->find(command.put_sender().account());
        facts.account_known = account != accounts_->end();
        facts.organisation_known = records.get(context, key_of("organisation", organisation_of(command))).has_value();
        if (command.has_put_sender()) {
            auto row = records.get(context, key_of("sender", command.put_sender().number()));
            if (row) facts.sender = std::move(*row->mutable_sender());
            const auto now = row ? accounts_->find(facts.sender->account()) : accounts_->end();
            facts.same_lane_group = now == accounts_->end() || !facts.account_known || now->second == account->second;
        }
        if (!command.has_put_campaign()) return facts;
        auto row = records.get(context, key_of("campaign", command.put_campaign().id()));
        if (row) facts.campaign = std::move(*row->mutable_campaign());
        for (const std::string& number : command.put_campaign().senders())
            if (const auto sender = records.get(context, key_of("sender", number)))
                facts.owners.emplace(number, owner_of(sender->sender()));
        return facts;
    }

    static void keep(Context& context, v1::DirectoryRecord record) {
        auto count = counts.get(context, "").value_or(state::v1::DirectoryRow{});
        count.set_version(count.version() + 1);
        counts.put(context, "", count);

        record.set_version(count.version());
        const std::string key = key_of(record);
        records.put(context, key, record);
        const Headers headers =
            envelope_headers(key_of("directory", std::to_string(count.version())), "directory", context.now().wall, "");
        context.emit_latest({Topic::directory, key, key, record.SerializeAsString(), headers.encoded()});
    }

    static void answer(Context& context, const Record& record, const CommandHead& head, const Refusal* refusal) {
        v1::DirectoryEvent event;
        event.set_command_id(std::string{head.id});
        event.set_accepted(refusal == nullptr);
        if (refusal != nullptr) {
            event.set_field(refusal->field);
            event.set_reason(refusal->reason);
        }
        const Headers headers =
            envelope_headers(derived_id(record, 0), "directory.event", context.now().wall, head.traceparent);
        context.emit({Topic::directory_events, head.id, head.id, event.SerializeAsString(), headers.encoded()});
    }

    std::shared_ptr<const Accounts> accounts_;  // with the stage's description, which may be copied
    Sweep<state::v1::CommandRow> sweep_{commands, 0};
};

}  // namespace

StageSpec directory_stage(Accounts accounts) {
    auto known = std::make_shared<const Accounts>(std::move(accounts));
    StageSpec spec;
    spec.number = stage_number;
    spec.name = "inbox.directory";
    spec.partitions = spec_of(Topic::directory_commands).partitions;
    spec.inputs = {{Topic::directory_commands, Priority::command}};
    spec.make = [known](std::uint16_t) { return std::make_unique<DirectoryProcessor>(known); };
    return spec;
}

}  // namespace whistlestop::directory
