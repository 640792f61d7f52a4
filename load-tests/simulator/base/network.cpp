#include "load-tests/simulator/base/network.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace simulator {

std::int64_t segments_sent_again() {
    std::ifstream counters{"/proc/net/snmp"};  // a line of names, a line of values
    std::string names;
    std::string values;
    while (std::getline(counters, names) && std::getline(counters, values)) {
        if (!names.starts_with("Tcp:")) continue;
        std::istringstream each_name{names};
        std::istringstream each_value{values};
        std::string name;
        std::string value;
        while (each_name >> name && each_value >> value)
            if (name == "RetransSegs") return std::stoll(value);
    }
    return 0;
}

}  // namespace simulator
