#pragma once

/// \file
/// The leaf types of API objects in JSON: times and bytes. (`quantity` and `int_or_string` bring their own.)

#include <berth/core/base64.hpp>
#include <berth/object/reflect.hpp>
#include <berth/object/time.hpp>

namespace berth::object {

/// Bytes, base64 in JSON.
struct bytes {
    std::string data;

    friend auto operator==(bytes const&, bytes const&) -> bool = default;
};

namespace detail {

template <class T> struct time_traits {
    static constexpr std::string_view schema_type = "string";
    static constexpr std::string_view schema_format = "date-time";

    static auto is_zero(T t) -> bool { return t.is_zero(); }
    static auto write(T t, std::string& json) -> void {
        if (t.is_zero()) {
            json += "null";
            return;
        }
        json += '"';
        json += t.to_string();
        json += '"';
    }
    static auto read(scalar_token const& token) -> result<T> {
        if (token.type == scalar_token::kind::null) return T{};
        if (token.type != scalar_token::kind::text)
            return fail(error_code::bad_request, "json: cannot unmarshal into Go value of type string");
        auto const t = parse_time(token.text, T::layout);
        if (!t) return std::unexpected(t.error());
        return T{*t};
    }
};

} // namespace detail

template <> struct scalar_traits<timestamp> : detail::time_traits<timestamp> {
    static constexpr std::string_view name = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
};
template <> struct scalar_traits<micro_timestamp> : detail::time_traits<micro_timestamp> {
    static constexpr std::string_view name = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime";
};

template <> struct scalar_traits<bytes> {
    static constexpr std::string_view name = "";
    static constexpr std::string_view schema_type = "string";
    static constexpr std::string_view schema_format = "byte";

    static auto is_zero(bytes const& b) -> bool { return b.data.empty(); }
    static auto write(bytes const& b, std::string& json) -> void {
        json += '"';
        json += base64_encode(b.data);
        json += '"';
    }
    static auto read(scalar_token const& token) -> result<bytes> {
        if (token.type == scalar_token::kind::null) return bytes{};
        if (token.type != scalar_token::kind::text)
            return fail(error_code::bad_request, "json: cannot unmarshal into Go value of type []uint8");
        auto data = base64_decode(token.text);
        if (!data) return std::unexpected(std::move(data).error());
        return bytes{*std::move(data)};
    }
};

} // namespace berth::object
