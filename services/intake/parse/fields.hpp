#pragma once
// Fields: reads a form and keeps the first complaint, so that a parser stays a list of its fields.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/domain/form.hpp"

namespace whistlestop::intake {

class Fields {
public:
    // `form` must outlive this.
    explicit Fields(const Form& form) : form_{form} {}

    // The text of a field that must be there; empty after a complaint (missing, twice, too long, not UTF-8).
    [[nodiscard]] std::string_view text(std::string_view name, std::size_t bytes_max);

    // The same, but empty where the field is missing.
    [[nodiscard]] std::string_view text_or_empty(std::string_view name, std::size_t bytes_max);

    // A word of a carrier: 1 to 64 characters of a name.
    [[nodiscard]] std::string_view word(std::string_view name);

    // Without complaint: empty where there is no single such field, or it is too long or not UTF-8.
    [[nodiscard]] std::string_view readable(std::string_view name, std::size_t bytes_max) const;

    // A field read by a domain type's own parse().
    template <class T>
    [[nodiscard]] std::optional<T> parsed(std::string_view name) {
        const std::string_view given = text(name, 64);
        if (complaint_) return std::nullopt;
        auto value = T::parse(given);
        if (value) return *value;
        complain(name, value.error().detail);
        return std::nullopt;
    }

    // Only the first one stands.
    void complain(std::string_view name, std::string_view what);

    [[nodiscard]] const std::optional<Error>& complaint() const { return complaint_; }

private:
    // Null where it is missing; complains where it is given twice.
    [[nodiscard]] const std::string* find(std::string_view name);

    const Form& form_;
    std::optional<Error> complaint_;
};

}  // namespace whistlestop::intake
