#pragma once

/// \file
/// Where the logs of containers are and how they are read. A log has the form of the container runtime
/// interface, a line being `<time> stdout|stderr F|P <text>` (P: the line goes on), one file per incarnation:
///
///     ROOT/<namespace>_<pod>_<uid>/<container>/<restart count>.log
///
/// Files are not rotated. The writer holds a lock on its file, so that a reader can tell whether more may
/// come.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::node {

/// Whose log.
struct log_place {
    std::string root;
    std::string namespace_;
    std::string pod;
    std::string uid;
    std::string container;

    /// The folder of the container's logs.
    [[nodiscard]] auto directory() const -> std::string;
    /// The log of the incarnation after so many restarts.
    [[nodiscard]] auto file(std::int32_t restarts) const -> std::string;
};

/// What of a log to read (`PodLogOptions`).
struct log_options {
    enum class stream : std::uint8_t { all, standard_output, standard_error };

    std::optional<std::int64_t> tail_lines = {};  ///< only the last so many
    std::optional<std::int64_t> limit_bytes = {}; ///< stop after so many
    std::optional<time_point> since = {};         ///< only lines of this time or later
    bool timestamps = false;                      ///< begin each line with its time
    stream from = stream::all;
};

/// A cursor over one log file.
class log_reader {
public:
    /// Errors: `not_found`.
    static auto open(std::string const& path, log_options options = {}) -> result<log_reader>;

    /// The lines written since the last call, about `most` bytes at once (a longer line is read whole);
    /// empty: nothing new.
    auto read(std::size_t most = 64 * 1024) -> std::string;

    /// Where in the file the next line to read begins, and going on elsewhere.
    [[nodiscard]] auto position() const -> std::int64_t { return at_; }
    auto go_to(std::int64_t position) -> void { at_ = position; }

    /// Whether the limit of bytes is reached.
    [[nodiscard]] auto exhausted() const -> bool { return left_ <= 0; }

    /// Whether nothing will be added any more: read once more after the first `true`.
    [[nodiscard]] auto finished() const -> bool;

private:
    log_reader() = default;

    /// Where the last `lines` lines begin.
    [[nodiscard]] auto tail(std::int64_t lines) const -> off_t;

    auto append_lines(std::string& out, std::string_view text) -> void;

    auto append_line(std::string& out, std::string_view line) -> void;

    auto append(std::string& out, std::string_view text) -> void;

    descriptor file_;
    log_options options_;
    off_t at_ = 0;
    std::int64_t left_ = std::int64_t{1} << 62U;
    bool continues_ = false;
};

/// The restart count of the newest log of a container, or with `previous` of the one before it; nothing if
/// there is none.
[[nodiscard]] BERTH_DECL auto incarnation_of(log_place const& place, bool previous)
    -> std::optional<std::int32_t>;

/// Opens the newest log of a container, or with `previous` the one before it. Errors: `not_found`.
[[nodiscard]] BERTH_DECL auto open_log(log_place const& place, bool previous, log_options options = {})
    -> result<log_reader>;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/logs.ipp>
#endif
