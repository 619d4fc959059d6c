#pragma once

/// \file
/// The bodies of `berth/store/etcd/json.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/json.hpp>

namespace berth::store::detail {

BERTH_DECL auto complain(std::string_view name, std::string_view what) -> void {
    throw malformed{std::string{name}.append(" is ").append(what)};
}

BERTH_DECL json_fields::json_fields(boost::json::value const& v, std::string_view name) {
    if (!v.is_object()) complain(name, "no object");
    fields_ = &v.get_object();
}

BERTH_DECL auto json_fields::find(std::string_view name) const -> boost::json::value const* {
    auto const* const v = fields_->if_contains({name.data(), name.size()});
    return v == nullptr || v->is_null() ? nullptr : v;
}

BERTH_DECL auto json_fields::number(std::string_view name) const -> std::int64_t {
    auto const* const v = find(name);
    if (v == nullptr) return 0;
    if (v->is_int64()) return v->get_int64();
    if (!v->is_string()) complain(name, "no whole number");
    auto const text = std::string_view{v->get_string().data(), v->get_string().size()};
    auto out = std::int64_t{0};
    auto const end = text.data() + text.size();
    auto const [stop, ec] = std::from_chars(text.data(), end, out);
    if (ec != std::errc{} || stop != end) complain(name, "no whole number of 64 bits");
    return out;
}

BERTH_DECL auto json_fields::boolean(std::string_view name) const -> bool {
    auto const* const v = find(name);
    if (v == nullptr) return false;
    if (!v->is_bool()) complain(name, "neither true nor false");
    return v->get_bool();
}

BERTH_DECL auto json_fields::text(std::string_view name) const -> std::string_view {
    auto const* const v = find(name);
    if (v == nullptr) return {};
    if (!v->is_string()) complain(name, "no text");
    return {v->get_string().data(), v->get_string().size()};
}

BERTH_DECL auto json_fields::bytes(std::string_view name) const -> std::string {
    auto out = base64_decode(text(name));
    if (!out) complain(name, "no base64");
    return std::move(*out);
}

} // namespace berth::store::detail
