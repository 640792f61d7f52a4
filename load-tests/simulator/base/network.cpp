#include "load-tests/simulator/base/network.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace simulator {

std::int64_t late_segments() {
    std::ifstream counters{"/proc/net/netstat"};  // a line of names, a line of values
    std::map<std::string, std::int64_t> tcp;
    std::string names;
    std::string values;
    while (std::getline(counters, names) && std::getline(counters, values)) {
        if (!names.starts_with("TcpExt:")) continue;
        std::istringstream each_name{names.substr(names.find(' '))};
        std::istringstream each_value{values.substr(values.find(' '))};
        std::string name;
        std::int64_t value = 0;
        while (each_name >> name && each_value >> value) tcp[name] = value;
    }
    return std::max<std::int64_t>(0, tcp["TCPTimeouts"] - tcp["TCPSynRetrans"]);
}

}  // namespace simulator
