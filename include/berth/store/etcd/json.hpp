#pragma once

/// \file
/// Reading etcd's JSON strictly: a field has its type or is missing (then it is zero); what is malformed is
/// told with its place.

#include <berth/core/base64.hpp>
#include <berth/core/error.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace berth::store::detail {

/// Thrown by the readers below, and caught by `read_json`.
struct malformed {
    std::string what;
};

[[noreturn]] inline auto complain(std::string_view name, std::string_view what) -> void {
    throw malformed{std::string{name}.append(" is ").append(what)};
}

/// An object of an answer, whose fields are asked for by name. `null` is as good as a missing field.
class json_fields {
public:
    json_fields(boost::json::value const& v, std::string_view name) {
        if (!v.is_object()) complain(name, "no object");
        fields_ = &v.get_object();
    }

    [[nodiscard]] auto find(std::string_view name) const -> boost::json::value const* {
        auto const* const v = fields_->if_contains({name.data(), name.size()});
        return v == nullptr || v->is_null() ? nullptr : v;
    }

    /// An `int64`, which JSON of protobuf writes as a string and takes as a number, too.
    [[nodiscard]] auto number(std::string_view name) const -> std::int64_t {
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

    [[nodiscard]] auto boolean(std::string_view name) const -> bool {
        auto const* const v = find(name);
        if (v == nullptr) return false;
        if (!v->is_bool()) complain(name, "neither true nor false");
        return v->get_bool();
    }

    [[nodiscard]] auto text(std::string_view name) const -> std::string_view {
        auto const* const v = find(name);
        if (v == nullptr) return {};
        if (!v->is_string()) complain(name, "no text");
        return {v->get_string().data(), v->get_string().size()};
    }

    [[nodiscard]] auto bytes(std::string_view name) const -> std::string {
        auto out = base64_decode(text(name));
        if (!out) complain(name, "no base64");
        return std::move(*out);
    }

    /// Calls `read` with each element of a list.
    template <std::invocable<boost::json::value const&> F> auto each(std::string_view name, F read) const
        -> void {
        auto const* const v = find(name);
        if (v == nullptr) return;
        if (!v->is_array()) complain(name, "no list");
        for (auto const& element : v->get_array()) read(element);
    }

    /// Calls `read` with the object of a field, if it is there.
    template <std::invocable<json_fields const&> F> auto inside(std::string_view name, F read) const -> bool {
        auto const* const v = find(name);
        if (v == nullptr) return false;
        read(json_fields{*v, name});
        return true;
    }

private:
    boost::json::object const* fields_ = nullptr;
};

/// Parses a text that must be an object and hands it to `read`, which may throw `malformed`. Nothing is
/// thrown further (but `std::bad_alloc`): what is wrong is an error `internal`.
template <class F> [[nodiscard]] auto read_json(std::string_view text, std::string_view what, F read)
    -> result<decltype(read(std::declval<json_fields const&>()))> {
    auto const refuse = [&](std::string_view why) {
        auto message = std::string{"etcd's answer to "}.append(what).append(" is malformed: ").append(why);
        return fail(error_code::internal, std::move(message));
    };
    unsigned char first[8'192];
    auto memory = boost::json::monotonic_resource{first};
    auto ec = boost::json::error_code{};
    auto options = boost::json::parse_options{};
    options.max_depth = 1'024;
    try {
        auto const v = boost::json::parse({text.data(), text.size()}, ec, &memory, options);
        if (ec) return refuse(ec.message());
        return read(json_fields{v, "it"});
    } catch (malformed const& e) {
        return refuse(e.what);
    } catch (boost::system::system_error const& e) {
        return refuse(e.what());
    }
}

} // namespace berth::store::detail
