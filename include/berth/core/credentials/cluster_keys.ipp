#pragma once

/// \file
/// The bodies of `berth/core/credentials/cluster_keys.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/credentials/cluster_keys.hpp>
#include <berth/core/descriptor.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace berth::credentials::detail {

inline auto file_failed(std::string const& file, std::string_view what) -> std::unexpected<error> {
    return fail(error_code::unavailable, file + ": " + std::string(what) + ": " + std::strerror(errno));
}

/// What is in a file; nothing if there is none.
inline auto read_private_file(std::string const& file) -> result<std::string> {
    constexpr std::size_t most = 1U << 20U;
    auto const fd = descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return errno == ENOENT ? result<std::string>() : file_failed(file, "it cannot be read");
    struct ::stat about{};
    if (::fstat(fd.get(), &about) != 0) return file_failed(file, "it cannot be read");
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(
            error_code::forbidden,
            file + ": others may read these keys, or write them: chmod 600 it, and think whether they did");
    auto out = std::string();
    auto block = std::array<char, 4096>();
    while (out.size() < most) {
        auto const n = ::read(fd.get(), block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_failed(file, "it cannot be read");
        if (n == 0) break;
        out.append(block.data(), static_cast<std::size_t>(n));
    }
    return out;
}

/// Puts a file there at once and whole, unless one is there.
inline auto write_private_file(std::string const& file, std::string_view text) -> result<void> {
    auto const draft = file + "." + std::to_string(::getpid());
    auto const fd =
        descriptor(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!fd) return file_failed(draft, "it cannot be made");
    auto ok = result<void>();
    while (ok && !text.empty()) {
        auto const n = ::write(fd.get(), text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) ok = file_failed(draft, "it cannot be written");
        else text.remove_prefix(static_cast<std::size_t>(n));
    }
    if (ok && ::fsync(fd.get()) != 0) ok = file_failed(draft, "it cannot be written");
    if (ok && ::link(draft.c_str(), file.c_str()) != 0 && errno != EEXIST)
        ok = file_failed(file, "it cannot be made");
    ::unlink(draft.c_str());
    return ok;
}

} // namespace berth::credentials::detail

namespace berth::credentials {

BERTH_DECL auto cluster_keys::make(time_point now) -> result<cluster_keys> {
    auto authority = credentials::authority::make("kubernetes", now);
    if (!authority) return std::unexpected(std::move(authority).error());
    auto tokens = private_key::generate();
    if (!tokens) return std::unexpected(std::move(tokens).error());
    return cluster_keys{*std::move(authority), *std::move(tokens)};
}

BERTH_DECL auto cluster_keys::from_text(std::string_view text) -> result<cluster_keys> {
    constexpr auto begin = std::string_view("-----BEGIN ");
    auto const first = text.find(begin);
    auto const second = first == text.npos ? first : text.find(begin, first + 1);
    auto const third = second == text.npos ? second : text.find(begin, second + 1);
    if (third == text.npos)
        return fail(error_code::invalid,
                    "the keys of a cluster are a certificate and two private keys, in PEM");
    auto authority = credentials::authority::from_pem(text.substr(first, second - first),
                                                      text.substr(second, third - second));
    if (!authority) return std::unexpected(std::move(authority).error());
    auto tokens = private_key::from_pem(text.substr(third));
    if (!tokens) return std::unexpected(std::move(tokens).error());
    return cluster_keys{*std::move(authority), *std::move(tokens)};
}

BERTH_DECL auto cluster_keys::to_text() const -> std::string {
    return authority.certificate() + authority.key().to_pem() + tokens.to_pem();
}

BERTH_DECL auto keys_in_file(std::string const& file, time_point now) -> result<cluster_keys> {
    auto text = detail::read_private_file(file);
    if (text && text->empty()) {
        auto const made = cluster_keys::make(now);
        if (!made) return made;
        if (auto ok = detail::write_private_file(file, made->to_text()); !ok)
            return std::unexpected(ok.error());
        text = detail::read_private_file(file); // another process may have been faster
    }
    if (!text) return std::unexpected(std::move(text).error());
    auto out = cluster_keys::from_text(*text);
    if (!out) out.error().message.insert(0, file + ": ");
    return out;
}

} // namespace berth::credentials
