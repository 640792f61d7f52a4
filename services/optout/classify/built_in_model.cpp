#include "services/optout/classify/built_in_model.hpp"

#include <cstddef>

// The assembler copies the file into the program as it is; WHISTLESTOP_OPTOUT_MODEL is its path.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "whistlestop_optout_model_begin:\n"
    ".incbin \"" WHISTLESTOP_OPTOUT_MODEL
    "\"\n"
    "whistlestop_optout_model_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char whistlestop_optout_model_begin[];
extern const char whistlestop_optout_model_end[];
}

namespace whistlestop::optout::classify {

std::string_view built_in_model() {
    return {whistlestop_optout_model_begin,
            static_cast<std::size_t>(whistlestop_optout_model_end - whistlestop_optout_model_begin)};
}

}  // namespace whistlestop::optout::classify
