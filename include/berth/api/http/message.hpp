#pragma once

/// \file
/// A request and its answer as values: what the protocol machinery and the API's meaning exchange.

#include <berth/api/http/query.hpp>
#include <berth/object/any_object.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api::http {

/// A request, taken apart. The views live as long as the request is being answered.
struct request {
    std::string_view method;       ///< `GET`, ...
    std::string_view path;         ///< as sent, still percent-encoded
    query parameters;
    std::string_view accept;       ///< empty: not given
    std::string_view content_type; ///< empty: not given
    std::string_view body;
};

/// An answer whose body is known. The body is `text`, or the shared text of an object if `object` is set:
/// what is encoded once per revision is not copied for each reader.
struct response {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::string text;
    object::object_ref object;                                            ///< keeps `shared` alive
    std::string_view shared;                                              ///< the body if not empty
    std::vector<std::pair<std::string_view, std::string>> headers; ///< further ones

    [[nodiscard]] auto body() const -> std::string_view { return shared.empty() ? std::string_view(text) : shared; }
};

/// The body of an answer that comes bit by bit: a watch, a log that is followed.
struct stream {
    std::string_view content_type = "application/json";
    std::vector<std::pair<std::string_view, std::string>> headers;

    /// Appends what there is to send now, but not much more than `enough` bytes. False: that was all.
    std::function<bool(std::string& out, std::size_t enough)> pull;
    /// After how many milliseconds of silence to pull again although nothing was signalled; 0: never.
    unsigned interval_ms = 0;
};

/// How a request is answered.
using answer = std::variant<response, stream>;

} // namespace berth::api::http
