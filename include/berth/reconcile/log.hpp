#pragma once

/// \file
/// What controllers do, as structured lines for people and for programs that read logs. Nothing is written
/// unless somebody gives a sink.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/look.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile {

enum class log_level : std::uint8_t { debug, info, warning, error };

/// `debug`, `info`, ...
[[nodiscard]] BERTH_DECL auto to_string(log_level l) -> std::string_view;

/// One event. Its members come in one order in every line: `ts`, `level`, `msg`, then the fields.
struct log_entry {
    using field = std::pair<std::string_view, std::string>;

    time_point at;
    log_level level = log_level::info;
    std::string message;
    std::vector<field> fields; ///< such as `controller`, `namespace`, `name`, `duration`

    friend auto operator==(log_entry const&, log_entry const&) -> bool = default;
};

/// Hears events; from several threads where controllers work on several.
using log_sink = std::function<void(log_entry const&)>;

/// A line of logfmt, without its end: `ts=... level=info msg="..." controller=replica-set`. Values with
/// spaces, quotes, `=` or control characters are quoted.
[[nodiscard]] BERTH_DECL auto to_logfmt(log_entry const& e) -> std::string;

/// A line of JSON, without its end.
[[nodiscard]] BERTH_DECL auto to_json(log_entry const& e) -> std::string;

/// What there is to say of a look: failures are errors, what has to be done again is information, looks that
/// found nothing to do, or were held back, are for debugging. The duration is in seconds.
[[nodiscard]] BERTH_DECL auto entry_of(std::string_view controller, look const& l) -> log_entry;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/log.ipp>
#endif
