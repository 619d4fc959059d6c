#pragma once

/// \file
/// One walk over a document and its schema.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/object/document_schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::api::detail {

/// What a check found, and how many checks went well: of several branches that fail, the one with most of
/// them is told.
struct document_result {
    std::vector<error_cause> causes;
    std::uint64_t matched = 0;

    [[nodiscard]] auto valid() const -> bool { return causes.empty(); }
    auto merge(document_result other) -> void;
};

/// Checks values against schemas. Knows what a value was before where that is known (ratcheting).
class document_checker {
public:
    using json = boost::json::value;
    using schema = object::document_schema;

    /// `field`: the path before that of the value in the fields that are blamed.
    explicit document_checker(std::string_view field) : field_(field) {}

    /// `before`: null where there is nothing to compare with.
    auto check(schema const& s, json const& value, json const* before) -> document_result;

private:
    /// Puts a longer path in the place of the present one, as long as it lives.
    struct step {
        document_checker& of;
        std::size_t size;
        ~step() { of.path_.resize(size); }
    };
    auto enter(std::string_view name) -> step;
    auto enter(std::size_t index) -> step;

    auto check_value(schema const& s, json const& value, json const* before) -> document_result;
    auto check_type(schema const& s, json const& value) -> document_result;
    auto check_junctors(schema const& s, json const& value, json const* before) -> document_result;
    auto check_any_of(schema const& s, json const& value, json const* before) -> document_result;
    auto check_one_of(schema const& s, json const& value, json const* before) -> document_result;
    auto check_all_of(schema const& s, json const& value, json const* before) -> document_result;
    auto check_text(schema const& s, std::string_view text) -> document_result;
    auto check_format(schema const& s, std::string_view text) -> document_result;
    auto check_number(schema const& s, json const& value) -> document_result;
    auto check_range(schema const& s, json const& value) -> std::optional<std::string>;
    auto check_list(schema const& s, json const& list, json const* before) -> document_result;
    auto check_object(schema const& s, boost::json::object const& object, json const* before)
        -> document_result;
    auto check_values(schema const& s, json const& value) -> document_result;

    auto complain(std::string_view reason, std::string message) const -> document_result;
    auto invalid(std::string const& shown, std::string_view what) const -> document_result;
    auto wrong_type(std::string_view wanted, std::string_view given) const -> document_result;
    auto as_a_whole(std::string what) const -> document_result;
    [[nodiscard]] auto blamed() const -> std::string;

    std::string_view field_;
    std::string path_;
};

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/document_checker.ipp>
#endif
