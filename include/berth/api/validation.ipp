#pragma once

/// \file
/// The bodies of `berth/api/validation.hpp`.

#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto field_path::to_string() const -> std::string {
    auto out = parent_ == nullptr ? std::string() : parent_->to_string();
    if (index_ == no_index) return (out += out.empty() ? "" : ".") += name_;
    out += '[';
    if (index_ == map_key) out += name_;
    else object::append_json_number(out, index_);
    return out += ']';
}

BERTH_DECL shown_value::shown_value(std::int64_t n) { object::append_json_number(text_, n); }

BERTH_DECL shown_value::shown_value(std::int32_t n) { object::append_json_number(text_, n); }

BERTH_DECL auto shown_value::bare(std::string text) -> shown_value {
    auto out = shown_value(false);
    out.text_ = std::move(text);
    return out;
}

BERTH_DECL auto shown_value::list(std::vector<std::string> const& texts) -> shown_value {
    if (texts.empty()) return null();
    auto out = std::string();
    for (auto const& t : texts) {
        out += out.empty() ? '[' : ',';
        object::append_json_string(out, t);
    }
    return bare(out += ']');
}

BERTH_DECL auto field_errors::required(field_path const& at, std::string_view why) -> void {
    if (full()) return leave_out();
    add("FieldValueRequired", at, "Required value" + with_colon(why));
}

BERTH_DECL auto field_errors::invalid(field_path const& at, shown_value const& value, std::string_view why)
    -> void {
    if (full()) return leave_out();
    add("FieldValueInvalid", at, "Invalid value: " + value.text() + with_colon(why));
}

BERTH_DECL auto field_errors::invalid(field_path const& at, std::string_view why) -> void {
    if (full()) return leave_out();
    add("FieldValueInvalid", at, "Invalid value: " + std::string(why));
}

BERTH_DECL auto field_errors::duplicate(field_path const& at, shown_value const& value, std::string_view why)
    -> void {
    if (full()) return leave_out();
    add("FieldValueDuplicate", at, "Duplicate value: " + value.text() + with_colon(why));
}

BERTH_DECL auto field_errors::forbidden(field_path const& at, std::string_view why) -> void {
    if (full()) return leave_out();
    add("FieldValueForbidden", at, "Forbidden" + with_colon(why));
}

BERTH_DECL auto field_errors::not_found(field_path const& at, shown_value const& value, std::string_view why)
    -> void {
    if (full()) return leave_out();
    add("FieldValueNotFound", at, "Not found: " + value.text() + with_colon(why));
}

BERTH_DECL auto field_errors::type_invalid(field_path const& at, shown_value const& value,
                                           std::string_view why) -> void {
    if (full()) return leave_out();
    add("FieldValueTypeInvalid", at, "Invalid value: " + value.text() + with_colon(why));
}

BERTH_DECL auto field_errors::not_supported(field_path const& at, shown_value const& value,
                                            std::span<std::string_view const> supported) -> void {
    if (full()) return leave_out();
    auto message = "Unsupported value: " + value.text();
    for (std::size_t i = 0; i < supported.size(); ++i) {
        message += i == 0 ? ": supported values: " : ", ";
        message += object::detail::go_quoted(supported[i]);
    }
    add("FieldValueNotSupported", at, std::move(message));
}

BERTH_DECL auto field_errors::too_long(field_path const& at, std::int64_t limit) -> void {
    if (full()) return leave_out();
    add("FieldValueTooLong", at, "Too long: may not be more than " + std::to_string(limit) + " bytes");
}

BERTH_DECL auto field_errors::too_many(field_path const& at, std::int64_t actual, std::int64_t limit)
    -> void {
    if (full()) return leave_out();
    add("FieldValueTooMany", at,
        "Too many: " + std::to_string(actual) + ": must have at most " + std::to_string(limit) + " items");
}

BERTH_DECL auto field_errors::internal(field_path const& at, std::string_view why) -> void {
    if (full()) return leave_out();
    add("InternalError", at, "Internal error: " + std::string(why));
}

BERTH_DECL auto field_errors::add(std::string_view reason, field_path const& at, std::string message)
    -> void {
    if (full()) return leave_out();
    causes_.push_back({std::string(reason), std::move(message), at.to_string()});
    text_ += causes_.back().message.size() + causes_.back().field.size();
}

BERTH_DECL auto field_errors::refuse(std::string_view group, std::string_view kind, std::string_view name)
    -> std::unexpected<error> {
    text_ = 0;
    return api::invalid(group, kind, name, std::exchange(causes_, {}), std::exchange(left_out_, 0));
}

BERTH_DECL auto field_errors::with_colon(std::string_view why) -> std::string {
    return why.empty() ? std::string() : ": " + std::string(why);
}

} // namespace berth::api
