#pragma once

/// \file
/// The bodies of `berth/node/detail/warden_link.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/warden_link.hpp>
#include <berth/node/detail/warden_log.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>

namespace berth::node::detail {

/// The program's spec as one block of memory, with places instead of pointers.
[[nodiscard]] inline auto pack_program(warden_program const& p) -> std::string {
    auto const words =
        sizeof(warden_spec) / 8 + p.arguments.size() + 1 + p.environment.size() + 1 + p.read_only.size() + 1;
    auto spec = warden_spec{};
    auto out = std::string(words * 8, '\0');
    auto const put = [&out](std::string_view text) {
        auto const at = out.size();
        out.append(text).push_back('\0');
        return std::uint64_t{at};
    };
    auto at = sizeof(warden_spec);
    auto const list = [&](std::vector<std::string> const& texts) {
        auto const begin = at;
        for (auto const& text : texts) {
            auto const place = put(text);
            std::memcpy(out.data() + at, &place, 8);
            at += 8;
        }
        at += 8; // the closing 0 is there already
        return std::uint64_t{begin};
    };
    spec.arguments = list(p.arguments);
    spec.environment = list(p.environment);
    if (!p.read_only.empty()) spec.read_only = list(p.read_only);
    spec.program = put(p.path);
    if (!p.directory.empty()) spec.directory = put(p.directory);
    spec.data_limit = p.data_limit;
    spec.size = out.size();
    std::memcpy(out.data(), &spec, sizeof spec);
    return out;
}

BERTH_DECL auto warden_link::operator=(warden_link&& other) noexcept -> warden_link& {
    std::swap(control_, other.control_);
    std::swap(reports_, other.reports_);
    std::swap(warden_, other.warden_);
    std::swap(lost_, other.lost_);
    return *this;
}

BERTH_DECL auto warden_link::open(int grace_milliseconds) -> result<warden_link> {
    int control[2];
    int reports[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) != 0) return broken("socketpair");
    auto out = warden_link();
    out.control_ = descriptor(control[0]);
    auto const far_control = descriptor(control[1]);
    if (::pipe2(reports, O_CLOEXEC | O_NONBLOCK) != 0) return broken("pipe");
    out.reports_ = descriptor(reports[0]);
    auto const far_reports = descriptor(reports[1]);
    auto const size = sizeof(warden_slot) * warden_slots;
    auto* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return broken("mmap");
    auto all = sigset_t{};
    auto before = sigset_t{};
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    auto const pid = ::fork();
    if (pid == 0) {
        auto* const slots = static_cast<warden_slot*>(memory);
        for (auto i = std::uint32_t{0}; i < warden_slots; ++i) slots[i].id = 0;
        warden(far_control.get(), far_reports.get(), slots, grace_milliseconds).run();
    }
    auto const error = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::munmap(memory, size);
    if (pid < 0) return fail(error_code::unavailable, "cannot fork: " + errno_text(error));
    out.warden_ = pid;
    return out;
}

BERTH_DECL auto warden_link::start(std::uint64_t id, warden_program const& program, int output,
                                   bool raw) const -> result<warden_reply> {
    auto const block = pack_program(program);
    auto const memory = descriptor(::memfd_create("berth-spec", MFD_CLOEXEC));
    if (!memory) return broken("memfd_create");
    write_all(memory.get(), block.data(), block.size());
    auto request = warden_request{};
    request.id = id;
    request.raw_output = raw ? 1 : 0;
    return ask(request, memory.get(), output);
}

BERTH_DECL auto warden_link::signal(std::uint64_t id, int number) const -> result<warden_reply> {
    auto request = warden_request{};
    request.what = warden_request::verb::signal;
    request.id = id;
    request.number = number;
    return ask(request, -1, -1);
}

BERTH_DECL auto warden_link::next_report() -> std::optional<warden_report> {
    auto report = warden_report{};
    auto const n = ::read(reports_.get(), &report, sizeof report);
    lost_ = lost_ || n == 0;
    if (n != static_cast<ssize_t>(sizeof report)) return std::nullopt;
    return report;
}

BERTH_DECL auto warden_link::broken(std::string_view what) -> std::unexpected<error> {
    return fail(error_code::unavailable, std::string(what) + ": " + errno_text(errno));
}

BERTH_DECL auto warden_link::ask(warden_request& request, int first, int second) const
    -> result<warden_reply> {
    int const files[2] = {first, second};
    auto const count = std::size_t{first < 0 ? 0U : (second < 0 ? 1U : 2U)};
    auto part = iovec{&request, sizeof request};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof files)] = {};
    auto message = msghdr{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (count > 0) {
        message.msg_control = space;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        auto* const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        std::memcpy(CMSG_DATA(header), files, count * sizeof(int));
    }
    auto n = ssize_t{0};
    do n = ::sendmsg(control_.get(), &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0) return broken("the warden is gone");
    auto reply = warden_reply{};
    do n = ::recv(control_.get(), &reply, sizeof reply, 0);
    while (n < 0 && errno == EINTR);
    if (n != static_cast<ssize_t>(sizeof reply)) return fail(error_code::unavailable, "the warden is gone");
    return reply;
}

} // namespace berth::node::detail
