#pragma once

/// \file
/// Reading etcd's JSON strictly: a field has its type or is missing (then it is zero); what is malformed is
/// told with its place.

#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
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

[[noreturn]] BERTH_DECL auto complain(std::string_view name, std::string_view what) -> void;

/// An object of an answer, whose fields are asked for by name. `null` is as good as a missing field.
class json_fields {
public:
    json_fields(boost::json::value const& v, std::string_view name);

    [[nodiscard]] auto find(std::string_view name) const -> boost::json::value const*;

    /// An `int64`, which JSON of protobuf writes as a string and takes as a number, too.
    [[nodiscard]] auto number(std::string_view name) const -> std::int64_t;

    [[nodiscard]] auto boolean(std::string_view name) const -> bool;

    [[nodiscard]] auto text(std::string_view name) const -> std::string_view;

    [[nodiscard]] auto bytes(std::string_view name) const -> std::string;

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

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/json.ipp>
#endif
