#pragma once
// The calling thread's name, as debuggers, profilers and `top -H` show it: what the kernel takes, 15 characters.

#include <pthread.h>

#include <string>

namespace whistlestop {

inline void name_this_thread(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
}

}  // namespace whistlestop
