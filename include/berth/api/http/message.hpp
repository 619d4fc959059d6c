#pragma once

/// \file
/// A request and its answer as values: what the protocol machinery and the API's meaning exchange.

#include <berth/api/http/query.hpp>
#include <berth/api/identity.hpp>
#include <berth/core/step.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api::http {

namespace detail {

class stand_ins;

} // namespace detail

/// How documents are written down.
enum class encoding : std::uint8_t { json, yaml, protobuf };

/// The content type of a document.
[[nodiscard]] constexpr auto content_type_of(encoding e) -> std::string_view {
    switch (e) {
    case encoding::json: return "application/json";
    case encoding::yaml: return "application/yaml";
    case encoding::protobuf: return "application/vnd.kubernetes.protobuf";
    }
    return {};
}

/// A request, taken apart. The views live as long as the request is being answered.
struct request {
    std::string_view method; ///< `GET`, ...
    std::string_view path;   ///< as sent, still percent-encoded
    query parameters;
    std::string_view accept;       ///< empty: not given
    std::string_view content_type; ///< empty: not given
    std::string_view body;
    std::string_view user_agent{};         ///< empty: not given
    std::string_view authorization{};      ///< empty: not given
    std::shared_ptr<identity const> who{}; ///< once that is known; null: whoever the user agent stands for
    /// Of the listener that took it: whoever will wait for others takes a place there. Null: nobody is
    /// stopped by a wait.
    detail::stand_ins* waiting = nullptr;
};

/// Header fields beyond content type and length.
using header_fields = std::vector<std::pair<std::string_view, std::string>>;

/// An answer whose body is known.
struct response {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::string text; ///< the body
    header_fields headers;
};

/// A plain text.
[[nodiscard]] inline auto text_response(unsigned status, std::string text) -> response {
    return {status, "text/plain; charset=utf-8", std::move(text), {}};
}

/// What is answered of a path that nobody knows.
[[nodiscard]] inline auto page_not_found() -> response { return text_response(404, "404 page not found\n"); }

/// What a stream has to say of itself after it was pulled.
struct stream_state {
    bool finished = false;           ///< that was all
    std::uint64_t pull_again_at = 0; ///< milliseconds since the stream began; 0: only when signalled
};

/// The body of an answer that comes bit by bit: a watch, a log that is followed.
struct stream {
    std::string_view content_type = "application/json";
    header_fields headers;

    /// Appends what there is to send now, but not much more than `enough` bytes; appending nothing means that
    /// there is nothing yet. `elapsed` is in milliseconds since the stream began.
    std::function<stream_state(std::string& out, std::size_t enough, std::uint64_t elapsed)> pull;
    /// Takes the waker that tells when there may be something; none for a stream that only time moves.
    std::function<void(waker)> on_wake{};
};

/// How a request is answered.
using answer = std::variant<response, stream>;

} // namespace berth::api::http
