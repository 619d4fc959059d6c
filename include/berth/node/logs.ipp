#pragma once

/// \file
/// The bodies of `berth/node/logs.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/logs.hpp>
#include <berth/object/time.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <vector>

namespace berth::node {

BERTH_DECL auto log_place::directory() const -> std::string {
    return root + "/" + namespace_ + "_" + pod + "_" + uid + "/" + container;
}

BERTH_DECL auto log_place::file(std::int32_t restarts) const -> std::string {
    return directory() + "/" + std::to_string(restarts) + ".log";
}

BERTH_DECL auto log_reader::open(std::string const& path, log_options options) -> result<log_reader> {
    auto out = log_reader();
    out.file_ = descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!out.file_) return fail(error_code::not_found, "unable to open the log " + path);
    out.options_ = options;
    if (options.limit_bytes) out.left_ = *options.limit_bytes;
    if (options.tail_lines) out.at_ = out.tail(*options.tail_lines);
    return out;
}

BERTH_DECL auto log_reader::read(std::size_t most) -> std::string {
    auto out = std::string();
    auto buffer = std::string(64 * 1024, '\0');
    while (out.size() < most && left_ > 0) {
        auto const n = ::pread(file_.get(), buffer.data(), buffer.size(), at_);
        if (n <= 0) break;
        auto const text = std::string_view(buffer).substr(0, static_cast<std::size_t>(n));
        auto const end = text.rfind('\n');
        if (end == std::string_view::npos) {
            if (text.size() < buffer.size()) break; // it is still being written
            buffer.resize(2 * buffer.size());
            continue;
        }
        at_ += static_cast<off_t>(end) + 1;
        append_lines(out, text.substr(0, end + 1));
    }
    return out;
}

BERTH_DECL auto log_reader::finished() const -> bool {
    if (exhausted()) return true;
    if (::flock(file_.get(), LOCK_SH | LOCK_NB) != 0) return false;
    ::flock(file_.get(), LOCK_UN);
    return true;
}

BERTH_DECL auto log_reader::tail(std::int64_t lines) const -> off_t {
    struct stat info{};
    if (::fstat(file_.get(), &info) != 0) return 0;
    auto at = info.st_size;
    if (lines <= 0) return at;
    auto buffer = std::string(64 * 1024, '\0');
    auto const last = at - 1; // the newline that ends the last line does not count
    while (at > 0) {
        auto const begin = std::max<off_t>(0, at - static_cast<off_t>(buffer.size()));
        auto const n = ::pread(file_.get(), buffer.data(), static_cast<std::size_t>(at - begin), begin);
        if (n <= 0) return begin;
        for (auto i = n; i-- > 0;)
            if (buffer[static_cast<std::size_t>(i)] == '\n' && begin + i != last && --lines == 0)
                return begin + i + 1;
        at = begin;
    }
    return 0;
}

BERTH_DECL auto log_reader::append_lines(std::string& out, std::string_view text) -> void {
    while (!text.empty() && left_ > 0) {
        auto const end = text.find('\n');
        append_line(out, text.substr(0, end));
        text.remove_prefix(end + 1);
    }
}

BERTH_DECL auto log_reader::append_line(std::string& out, std::string_view line) -> void {
    auto const word = [&line] {
        auto const end = std::min(line.find(' '), line.size());
        auto const out_word = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
        return out_word;
    };
    auto const time = word();
    auto const stream = word();
    auto const full = word() != "P";
    if (options_.from == log_options::stream::standard_output && stream != "stdout") return;
    if (options_.from == log_options::stream::standard_error && stream != "stderr") return;
    if (options_.since) {
        auto const t = object::parse_time(time);
        if (t && *t < *options_.since) return;
    }
    if (options_.timestamps && !continues_) append(out, std::string(time) + " ");
    append(out, line);
    if (full) append(out, "\n");
    continues_ = !full;
}

BERTH_DECL auto log_reader::append(std::string& out, std::string_view text) -> void {
    auto const n = std::min<std::int64_t>(left_, static_cast<std::int64_t>(text.size()));
    out.append(text.substr(0, static_cast<std::size_t>(n)));
    left_ -= n;
}

BERTH_DECL auto incarnation_of(log_place const& place, bool previous) -> std::optional<std::int32_t> {
    auto problem = std::error_code();
    auto found = std::vector<std::int32_t>();
    for (auto const& entry : std::filesystem::directory_iterator(place.directory(), problem)) {
        auto const name = entry.path().filename().string();
        auto number = std::int32_t{0};
        auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && std::string_view(end) == ".log") found.push_back(number);
    }
    std::sort(found.rbegin(), found.rend());
    auto const wanted = previous ? std::size_t{1} : std::size_t{0};
    if (found.size() <= wanted) return std::nullopt;
    return found[wanted];
}

BERTH_DECL auto open_log(log_place const& place, bool previous, log_options options) -> result<log_reader> {
    if (auto const which = incarnation_of(place, previous))
        return log_reader::open(place.file(*which), options);
    return fail(error_code::not_found,
                std::string(previous ? "previous terminated container \"" : "container \"") +
                    place.container + "\" in pod \"" + place.pod + "\" has no log");
}

} // namespace berth::node
