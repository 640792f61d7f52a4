#include "services/dispatch/gate/freshness.hpp"

#include "whistlestop/v1/consent.pb.h"
#include "whistlestop/v1/controls.pb.h"
#include "whistlestop/v1/inbound.pb.h"
#include <algorithm>

#include "common/base/check.hpp"

namespace whistlestop::dispatch {

Freshness::Freshness(std::string instance, std::uint64_t boot) : instance_{std::move(instance)}, boot_{boot} {
    check(echoes_.size() == spec_of(Topic::inbound).partitions);
    check(echoes_.size() == spec_of(Topic::consent).partitions);
}

bool Freshness::own(const v1::Marker& marker) const {
    return marker.boot() == boot_ && marker.instance() == instance_ && marked_ && marker.written_ms() <= marked_->value;
}

void Freshness::note_echo(std::uint16_t partition, const v1::Echo& echo) {
    if (!own(echo.marker())) return;
    Heard& heard = echoes_[partition];
    heard.written = std::max(heard.written, BootMs{echo.marker().written_ms()});
    heard.directory_version = std::max(heard.directory_version, echo.directory_version());
}

void Freshness::note_control(const v1::Marker& marker) {
    if (own(marker)) control_.written = std::max(control_.written, BootMs{marker.written_ms()});
}

bool Freshness::fresh(std::uint16_t partition, std::uint64_t directory_version, BootMs now) const {
    const Heard& heard = echoes_[partition];
    return now - heard.written < fresh_ms && now - control_.written < fresh_ms &&
           heard.directory_version >= directory_version;
}

BootMs Freshness::known_until(std::uint16_t partition) const {
    return std::min(echoes_[partition].written, control_.written) + stop_obeyed_within_ms;
}

bool Freshness::due(BootMs now) {
    if (marked_ && now - *marked_ < marker_every_ms) return false;
    marked_ = now;
    return true;
}

BootMs Freshness::mark(Context& context) {
    const BootMs now = context.now().boot;
    if (!due(now)) return *marked_ + marker_every_ms;

    v1::InboundRecord inbound;
    v1::Marker& marker = *inbound.mutable_marker();
    marker.set_instance(instance_);
    marker.set_boot(boot_);
    marker.set_written_ms(now.value);
    const std::string value = inbound.SerializeAsString();
    const auto partitions = static_cast<std::uint16_t>(echoes_.size());
    for (std::uint16_t partition = 0; partition < partitions; ++partition)
        context.emit({Topic::inbound, {}, instance_, value, {}, partition});

    v1::ControlRecord control;
    *control.mutable_marker() = marker;
    const std::string control_value = control.SerializeAsString();
    context.emit({Topic::controls, {}, instance_, control_value, {}, std::uint16_t{0}});
    return now + marker_every_ms;
}

View::Applied ControlsView::apply(const Record& record, const Moment&) {
    v1::ControlRecord control;
    if (!control.ParseFromArray(record.value.data(), static_cast<int>(record.value.size()))) return Applied::unreadable;
    if (control.has_marker()) freshness_.note_control(control.marker());
    return Applied::pass;
}

}  // namespace whistlestop::dispatch
