#include "load-tests/simulator/phones/crowd.hpp"

#include <algorithm>
#include <utility>

namespace simulator::phones {

void Crowd::got(const std::string& phone, const std::string& sender, std::string_view body) {
    if (habits_.answer_permille + habits_.stop_permille == 0) return;
    Memory& memory = memory_[phone + sender];
    const auto reactions = reaction(habits_, {seed_, phone, sender, memory.texts++, memory.stopped}, body);
    memory.stopped =
        memory.stopped || std::ranges::any_of(reactions, [](const Utterance& said) { return said.what == "stop"; });
    for (const Utterance& said : reactions) {
        timers_.after(said.delay, [this, phone, sender, said] { say_(phone, sender, said); });
    }
}

}  // namespace simulator::phones
