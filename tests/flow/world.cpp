#include "tests/flow/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "common/base/check.hpp"
#include "common/base/hash.hpp"
#include "common/domain/states.hpp"
#include "common/wire/envelope.hpp"
#include "services/dispatch/text/text.hpp"
#include "services/inbox/directory/stage.hpp"
#include "services/inbox/thread/stage.hpp"
#include "services/optout/classify/built_in_model.hpp"
#include "services/optout/consent/classified.hpp"
#include "services/optout/consent/stage.hpp"

namespace whistlestop::flow {
namespace {

using Kind = SendOutcome::Kind;

template <class Message>
std::vector<Message> read_all(StageDriver& driver, Topic topic) {
    std::vector<Message> messages;
    for (const Seen& seen : driver.seen(topic)) messages.emplace_back().ParseFromString(seen.value);
    return messages;
}

optout::Classify built_in_classifier() {
    static const optout::Classify classify = [] {
        namespace made = optout::classify;
        auto model = made::parse_model(made::built_in_model());
        check(model.has_value());
        return optout::classify_with(std::make_shared<made::Classifier>(*std::move(model)));
    }();
    return classify;
}

std::string_view kind_name(const v1::OutboundEvent& event) {
    switch (event.kind()) {
        case v1::OutboundEvent::KIND_ACCEPTED: return "accepted";
        case v1::OutboundEvent::KIND_CANCEL_REFUSED: return "cancel_refused";
        case v1::OutboundEvent::KIND_DELIVERY: return name_of(static_cast<DeliveryState>(event.delivery()));
        default: return name_of(static_cast<RequestState>(event.state()));
    }
}

}  // namespace

std::size_t Carrier::taken() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [](const Call& call) { return !call.provider_id.empty(); }));
}

std::size_t Carrier::taken_for(std::string_view contact) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        calls, [&](const Call& call) { return call.call.contact == contact && !call.provider_id.empty(); }));
}

void Port::start(Effect effect, std::move_only_function<void(std::any)> done) {
    if (const auto* call = std::any_cast<SendCall>(&effect.request)) return send(*call, std::move(done));
    ++carrier_.lists;
    const auto call = std::any_cast<dispatch::ListCall>(effect.request);
    ListOutcome list{carrier_.list_works, {}, call.asked};
    for (const Carrier::Call& made : carrier_.calls)
        if (made.at >= call.since && clock_.wall() - made.at >= carrier_.list_lag_ms && !made.provider_id.empty() &&
            made.call.account == call.account && made.call.contact == call.contact && made.call.sender == call.sender)
            list.entries.push_back({made.provider_id, made.call.text, made.at});
    pending_.push_back({clock_.boot() + carrier_.list_answer_ms, std::move(list), std::move(done)});
}

void Port::send(const SendCall& call, std::move_only_function<void(std::any)> done) {
    const Behaviour behaviour = carrier_.behave(call);
    const std::string id = behaviour.taken ? fmt::format("SM{}", carrier_.calls.size()) : "";
    carrier_.calls.push_back({call, clock_.wall(), id});
    SendOutcome outcome{behaviour.answer, {}, "21211", behaviour.retry_after_ms, clock_.boot()};
    if (behaviour.answer == Kind::accepted) outcome.provider_id = id;
    pending_.push_back({clock_.boot() + behaviour.after_ms, outcome, std::move(done)});
}

void Port::deliver() {
    for (std::size_t i = 0; i < pending_.size();) {
        if (pending_[i].due > clock_.boot()) {
            ++i;
            continue;
        }
        Pending next = std::move(pending_[i]);
        pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
        next.done(std::move(next.outcome));
    }
}

World::World(std::shared_ptr<Ground> on, Optout how)
    : accounts{{"acc",
                {.id = "acc",
                 .sid = "AC",
                 .auth_token = "t",
                 .base_url = "",
                 .lane_group = "acc",
                 .segments_per_second = 1000,
                 .http_timeout_ms = 2000,
                 .absent_after_ms = 3000,
                 .list_is_proof = true}}},
      ground{std::move(on)},
      optout{how},
      driver{[this] { return stages(); }, {.checkpoint_ms = 1000}, ground} {}

Stages World::stages() {
    struct Owned {
        explicit Owned(World& world, std::uint64_t boot)
            : freshness{"test", boot},
              consent{freshness},
              controls{freshness},
              port{world.carrier, world.driver.clock()} {
            intents.open_max = world.open_intents_max;
        }
        dispatch::Freshness freshness;
        DirectoryView directory;
        dispatch::ConsentView consent;
        dispatch::ControlsView controls;
        dispatch::Intents intents;
        Port port;
    };
    const auto owned = std::make_shared<Owned>(*this, ground->boot);
    port = std::shared_ptr<Port>{owned, &owned->port};
    Stages made;
    made.owned = {owned};
    made.broadcasts = {
        {Topic::directory, &owned->directory}, {Topic::consent, &owned->consent}, {Topic::controls, &owned->controls}};
    directory::Accounts groups;
    for (const auto& [id, account] : accounts) groups.emplace(id, account.lane_group);
    made.stages = {directory::directory_stage(groups),
                   dispatch::text_stage({accounts, owned->directory, owned->consent}, owned->port),
                   dispatch::lane_stage({accounts, owned->directory, owned->consent, owned->freshness, owned->intents},
                                        owned->port),
                   thread::thread_stage()};
    if (optout == Optout::runs) made.stages.push_back(optout::consent_stage(owned->directory, built_in_classifier()));
    return made;
}

void World::put(const v1::DirectoryCommand& command) {
    const Headers headers = envelope_headers(fmt::format("command-{}", ++commands_), "test", driver.clock().wall(), {});
    const std::string value = command.SerializeAsString();
    driver.write({Topic::directory_commands, "", "", value, headers.encoded()});
}

void World::put_sender(std::string_view number, std::string_view account, std::uint32_t segments_per_second,
                       std::string_view organisation) {
    v1::DirectoryCommand command;
    auto& put_sender = *command.mutable_put_sender();
    put_sender.set_number(std::string{number});
    put_sender.set_account(std::string{account});
    put_sender.set_organisation(std::string{organisation});
    put_sender.set_segments_per_second(segments_per_second);
    put(command);
}

void World::found_organisation() {
    v1::DirectoryCommand command;
    command.mutable_put_organisation()->set_id("org");
    command.mutable_put_organisation()->set_name("Org");
    put(command);
    put_sender(sender, "acc", 100);
    auto& campaign = *command.mutable_put_campaign();
    campaign.set_id("camp");
    campaign.set_organisation("org");
    campaign.set_name("Campaign");
    campaign.add_senders(std::string{sender});
    put(command);
    driver.settle();
    advance(1100);  // the windows of a process that has just opened count as full
}

v1::OutboundRequest World::first_text(std::string_view contact, std::string_view step, std::string_view text) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(std::string{contact});
    v1::SendText& send = *request.mutable_send();
    send.set_campaign("camp");
    send.set_step(std::string{step});
    send.set_text(std::string{text});
    send.set_started_by("volunteer");
    return request;
}

void World::request(std::string_view id, std::string_view contact, std::string_view step, std::string_view text) {
    request(id, first_text(contact, step, text), driver.clock().wall());
}

void World::request(std::string_view id, const v1::OutboundRequest& request, WallMs time) {
    const Headers headers = envelope_headers(id, "test", time, {});
    const std::string value = request.SerializeAsString();
    driver.write({Topic::outbound_requests, request.contact(), request.contact(), value, headers.encoded()});
}

void World::cancel(std::string_view id, std::string_view contact, std::string_view request_id) {
    v1::OutboundRequest request;
    request.set_organisation("org");
    request.set_contact(std::string{contact});
    request.mutable_cancel()->set_request_id(std::string{request_id});
    this->request(id, request, driver.clock().wall());
}

void World::say(std::string_view contact, std::string_view body, std::string_view provider_id) {
    v1::InboundRecord record;
    v1::InboundText& text = *record.mutable_text();
    text.set_account("acc");
    text.set_provider_id(std::string{provider_id});
    text.set_contact(std::string{contact});
    text.set_sender(std::string{sender});
    text.set_body(std::string{body});
    text.set_received_ms(driver.time().wall().value);  // by the clock that intake shares
    const std::string value = record.SerializeAsString();
    driver.write({Topic::inbound, contact, contact, value});
}

void World::report(const Carrier::Call& call, v1::DeliveryState state) {
    v1::CarrierReport report;
    report.set_account("acc");
    report.set_provider_id(call.provider_id);
    report.set_contact(call.call.contact);
    report.set_delivery(state);
    // As intake reads it back: partition-id-attempt.
    const std::string& reference = call.call.reference;
    const std::size_t first = reference.find('-');
    const std::size_t last = reference.rfind('-');
    std::string id;
    for (std::size_t i = first + 1; i < last; i += 2)
        id.push_back(static_cast<char>(std::stoi(reference.substr(i, 2), nullptr, 16)));
    report.set_text_id(id);
    report.set_attempt(static_cast<std::uint32_t>(std::stoul(reference.substr(last + 1))));
    const std::string value = report.SerializeAsString();
    driver.write({Topic::carrier_reports, call.call.contact, call.call.contact, value});
}

void World::advance(std::int64_t milliseconds) {
    for (std::int64_t passed = 0; passed < milliseconds; passed += 5) {
        driver.clock().advance(5);
        if (const auto open = port.lock()) open->deliver();
        driver.settle();
    }
}

std::vector<v1::OutboundEvent> World::events() { return read_all<v1::OutboundEvent>(driver, Topic::outbound_events); }

void World::command(std::string_view id, std::string_view contact, v1::InboxCommand command) {
    command.set_organisation("org");
    command.set_campaign("camp");
    command.set_contact(std::string{contact});
    const Headers headers = envelope_headers(id, "test", driver.clock().wall(), {});
    const std::string value = command.SerializeAsString();
    driver.write({Topic::inbox_commands, contact, contact, value, headers.encoded()});
}

std::vector<v1::InboundClassified> World::classified() {
    return read_all<v1::InboundClassified>(driver, Topic::inbound_classified);
}

std::vector<v1::ConsentEntry> World::standing(std::string_view contact) {
    std::vector<v1::ConsentEntry> entries;
    for (const auto& record : read_all<v1::ConsentRecord>(driver, Topic::consent))
        if (record.has_standing() && record.standing().contact() == contact)
            entries.assign(record.standing().entries().begin(), record.standing().entries().end());
    return entries;
}

std::vector<v1::ThreadSummary> World::threads(std::string_view contact) {
    std::map<std::string, v1::ThreadSummary> newest;
    for (const auto& summary : read_all<v1::ThreadSummary>(driver, Topic::inbox_threads))
        if (summary.contact() == contact) newest[summary.campaign()] = summary;
    const auto summaries = std::views::values(newest);
    return {summaries.begin(), summaries.end()};
}

std::string World::story(std::string_view request_id) {
    std::string story;
    for (const v1::OutboundEvent& event : events())
        if (event.request_id() == request_id) story.append(story.empty() ? "" : " ").append(kind_name(event));
    return story;
}

std::string contact_number(int i) { return fmt::format("+1404555{:04}", i); }

}  // namespace whistlestop::flow
