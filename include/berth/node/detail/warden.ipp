#pragma once

/// \file
/// The bodies of `berth/node/detail/warden.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/read_only.hpp>
#include <berth/node/detail/warden.hpp>
#include <berth/node/detail/warden_log.hpp>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

namespace berth::node::detail {

BERTH_DECL auto warden::run() -> void {
    if (!prepare()) ::_exit(1);
    while (true) {
        epoll_event events[64];
        auto const n = ::epoll_wait(poll_, events, 64, patience());
        for (auto i = 0; i < n; ++i) handle(events[i].data.u64);
        reap();
        if (stopping_ && (live() == 0 || monotonic_milliseconds() >= deadline_)) finish();
    }
}

BERTH_DECL auto warden::monotonic_milliseconds() -> std::int64_t {
    auto now = timespec{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

BERTH_DECL auto warden::prepare() -> bool {
    close_others();
    ::setsid();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    ::prctl(PR_SET_NAME, "berth-warden", 0, 0, 0);
    ::getrlimit(RLIMIT_NOFILE, &files_);
    auto const raised = rlimit{files_.rlim_max, files_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &raised);
    null_ = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (auto fd = 0; fd < 3; ++fd) ::dup2(null_, fd);
    auto children = sigset_t{};
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    ::signal(SIGCHLD, SIG_DFL);
    children_ = ::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    poll_ = ::epoll_create1(EPOLL_CLOEXEC);
    return null_ >= 0 && children_ >= 0 && poll_ >= 0 && attend(control_, control_tag) &&
           attend(children_, children_tag);
}

BERTH_DECL auto warden::close_others() const -> void {
    auto const low = static_cast<unsigned>(control_ < reports_ ? control_ : reports_);
    auto const high = static_cast<unsigned>(control_ < reports_ ? reports_ : control_);
    auto const close = [](unsigned first, unsigned last) {
        if (first > last) return;
        if (::syscall(SYS_close_range, first, last, 0U) == 0) return;
        for (auto fd = first; fd <= last && fd < 65536; ++fd) ::close(static_cast<int>(fd));
    };
    close(3, low - 1);
    close(low + 1, high - 1);
    close(high + 1, ~0U);
}

BERTH_DECL auto warden::attend(int fd, std::uint64_t tag) const -> bool {
    auto event = epoll_event{};
    event.events = EPOLLIN;
    event.data.u64 = tag;
    return ::epoll_ctl(poll_, EPOLL_CTL_ADD, fd, &event) == 0;
}

BERTH_DECL auto warden::patience() const -> int {
    if (unsent_) return 20;
    if (!stopping_) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, deadline_ - monotonic_milliseconds()));
}

BERTH_DECL auto warden::live() const -> std::uint32_t {
    auto n = std::uint32_t{0};
    for (auto i = std::uint32_t{0}; i < used_; ++i) n += slots_[i].id != 0 && !slots_[i].ended ? 1 : 0;
    return n;
}

BERTH_DECL auto warden::handle(std::uint64_t tag) -> void {
    if (tag == control_tag) {
        serve();
    } else if (tag == children_tag) {
        signalfd_siginfo ignored[16];
        while (::read(children_, ignored, sizeof ignored) > 0) {}
    } else {
        auto& slot = slots_[tag / 2];
        if (slot.id != 0) pump_stream(slot, static_cast<int>(tag % 2));
    }
}

BERTH_DECL auto warden::serve() -> void {
    auto request = warden_request{};
    auto part = iovec{&request, sizeof request};
    alignas(cmsghdr) char space[CMSG_SPACE(2 * sizeof(int))];
    auto message = msghdr{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    auto const n = ::recvmsg(control_, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n != static_cast<ssize_t>(sizeof request)) return stop();
    int files[2] = {-1, -1};
    if (auto const* header = CMSG_FIRSTHDR(&message))
        std::memcpy(files, CMSG_DATA(header), std::min(sizeof files, header->cmsg_len - CMSG_LEN(0)));
    auto reply = warden_reply{};
    if (request.what == warden_request::verb::start) reply = start(request, files[0], files[1]);
    else reply = signal(request);
    ::send(control_, &reply, sizeof reply, MSG_NOSIGNAL);
}

BERTH_DECL auto warden::signal(warden_request const& request) const -> warden_reply {
    for (auto i = std::uint32_t{0}; i < used_; ++i)
        if (slots_[i].id == request.id && !slots_[i].ended) {
            if (::kill(-slots_[i].pid, request.number) == 0) return {};
            return {warden_reply::stage::absent, errno, 0};
        }
    return {warden_reply::stage::absent, ESRCH, 0};
}

BERTH_DECL auto warden::start(warden_request const& request, int spec_file, int output) -> warden_reply {
    auto* const slot = free_slot();
    auto reply = warden_reply{};
    struct stat info{};
    if (slot == nullptr) reply = {warden_reply::stage::table, EAGAIN, 0};
    else if (::fstat(spec_file, &info) != 0) reply = {warden_reply::stage::pipe, errno, 0};
    else {
        auto const size = static_cast<std::size_t>(info.st_size);
        auto* const memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, spec_file, 0);
        if (memory == MAP_FAILED) reply = {warden_reply::stage::pipe, errno, 0};
        else {
            reply = start_mapped(request, static_cast<char*>(memory), output, *slot);
            ::munmap(memory, size);
        }
    }
    auto const keeps = reply.failed == warden_reply::stage::done && request.raw_output == 0;
    if (output >= 0 && !keeps) ::close(output);
    ::close(spec_file);
    return reply;
}

BERTH_DECL auto warden::free_slot() -> warden_slot* {
    for (auto i = std::uint32_t{0}; i < used_; ++i)
        if (slots_[i].id == 0) return &slots_[i];
    return used_ < warden_slots ? &slots_[used_++] : nullptr;
}

BERTH_DECL auto warden::start_mapped(warden_request const& request, char* memory, int output,
                                     warden_slot& slot) -> warden_reply {
    int out[2] = {null_, null_}; // where the process writes its two streams
    int in[2] = {-1, -1};        // where the warden reads them
    auto const piped = output >= 0 && request.raw_output == 0;
    if (request.raw_output != 0 && output >= 0) out[0] = out[1] = output;
    for (auto i = 0; i < 2 && piped; ++i) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) {
            auto const error = errno;
            for (auto j = 0; j < i; ++j) ::close(in[j]), ::close(out[j]);
            return {warden_reply::stage::pipe, error, 0};
        }
        in[i] = ends[0];
        out[i] = ends[1];
        ::fcntl(in[i], F_SETFL, O_NONBLOCK);
    }
    auto const reply = spawn(reinterpret_cast<warden_spec*>(memory), out);
    for (auto i = 0; i < 2 && piped; ++i) ::close(out[i]);
    if (reply.failed != warden_reply::stage::done) {
        for (auto i = 0; i < 2 && piped; ++i) ::close(in[i]);
        return reply;
    }
    slot.id = request.id;
    slot.pid = reply.pid;
    slot.ended = false;
    slot.log = piped ? output : -1;
    for (auto i = 0; i < 2; ++i) {
        slot.streams[i].pipe = in[i];
        slot.streams[i].filled = 0;
        if (piped) attend(in[i], static_cast<std::uint64_t>(&slot - slots_) * 2 + static_cast<unsigned>(i));
    }
    return reply;
}

BERTH_DECL auto warden::spawn(warden_spec* spec, int const* out) -> warden_reply {
    int news[2];
    if (::pipe2(news, O_CLOEXEC) != 0) return {warden_reply::stage::pipe, errno, 0};
    auto const self = ::getpid();
    auto const pid = ::fork();
    if (pid == 0) become(spec, out, news[1], self);
    auto reply = warden_reply{};
    if (pid < 0) reply = {warden_reply::stage::fork, errno, 0};
    ::close(news[1]);
    if (pid > 0) {
        auto n = ssize_t{0};
        do n = ::read(news[0], &reply, sizeof reply);
        while (n < 0 && errno == EINTR);
        if (n == static_cast<ssize_t>(sizeof reply)) ::waitpid(pid, nullptr, 0);
        else reply = {warden_reply::stage::done, 0, pid};
    }
    ::close(news[0]);
    return reply;
}

BERTH_DECL auto warden::become(warden_spec* spec, int const* out, int news, pid_t parent) const -> void {
    auto* const base = reinterpret_cast<char*>(spec);
    auto const resolve = [base](std::uint64_t at) {
        auto* const places = reinterpret_cast<std::uint64_t*>(base + at);
        for (auto* p = places; *p != 0; ++p) *p = reinterpret_cast<std::uint64_t>(base + *p);
        return reinterpret_cast<char**>(places);
    };
    auto const refuse = [news](warden_reply::stage at, int error) {
        auto const reply = warden_reply{at, error, 0};
        write_all(news, reinterpret_cast<char const*>(&reply), sizeof reply);
        ::_exit(127);
    };
    ::setsid();
    if (spec->read_only != 0)
        if (auto const error = make_read_only(resolve(spec->read_only)); error != 0)
            refuse(warden_reply::stage::mounts, error);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); // a user namespace forgets it
    if (::getppid() != parent) ::_exit(127);
    ::dup2(null_, 0);
    ::dup2(out[0], 1);
    ::dup2(out[1], 2);
    ::setrlimit(RLIMIT_NOFILE, &files_);
    if (spec->data_limit != 0) {
        auto const limit = rlimit{spec->data_limit, spec->data_limit};
        ::setrlimit(RLIMIT_DATA, &limit);
    }
    for (auto number = 1; number < 65; ++number)
        if (number != SIGKILL && number != SIGSTOP) ::signal(number, SIG_DFL);
    auto none = sigset_t{};
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (spec->directory != 0 && ::chdir(base + spec->directory) != 0)
        refuse(warden_reply::stage::directory, errno);
    ::execve(base + spec->program, resolve(spec->arguments), resolve(spec->environment));
    refuse(warden_reply::stage::exec, errno);
    ::_exit(127);
}

BERTH_DECL auto warden::reap() -> void {
    while (true) {
        auto info = siginfo_t{};
        if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) break;
        auto* slot = static_cast<warden_slot*>(nullptr);
        for (auto i = std::uint32_t{0}; i < used_ && slot == nullptr; ++i)
            if (slots_[i].id != 0 && !slots_[i].ended && slots_[i].pid == info.si_pid) slot = &slots_[i];
        if (slot != nullptr) ::kill(-slot->pid, SIGKILL);
        auto status = 0;
        ::waitpid(info.si_pid, &status, 0);
        if (slot == nullptr) continue;
        for (auto stream = 0; stream < 2; ++stream) finish_stream(*slot, stream);
        if (slot->log >= 0) ::close(slot->log);
        slot->log = -1;
        slot->status = status;
        slot->ended = true;
        unsent_ = true;
    }
    if (unsent_) send_reports();
}

BERTH_DECL auto warden::send_reports() -> void {
    unsent_ = false;
    for (auto i = std::uint32_t{0}; i < used_; ++i) {
        auto& slot = slots_[i];
        if (slot.id == 0 || !slot.ended) continue;
        auto const report = warden_report{slot.id, slot.status, 0};
        if (::write(reports_, &report, sizeof report) == static_cast<ssize_t>(sizeof report) ||
            errno != EAGAIN)
            slot.id = 0;
        else unsent_ = true;
    }
}

BERTH_DECL auto warden::stop() -> void {
    if (stopping_) return;
    stopping_ = true;
    ::epoll_ctl(poll_, EPOLL_CTL_DEL, control_, nullptr);
    deadline_ = monotonic_milliseconds() + grace_;
    for (auto i = std::uint32_t{0}; i < used_; ++i)
        if (slots_[i].id != 0 && !slots_[i].ended) ::kill(-slots_[i].pid, grace_ > 0 ? SIGTERM : SIGKILL);
}

BERTH_DECL auto warden::finish() -> void {
    for (auto i = std::uint32_t{0}; i < used_; ++i)
        if (slots_[i].id != 0 && !slots_[i].ended) ::kill(-slots_[i].pid, SIGKILL);
    while (true) {
        kill_children();
        if (::waitpid(-1, nullptr, 0) < 0 && errno == ECHILD) ::_exit(0);
    }
}

BERTH_DECL auto warden::kill_children() -> void {
    auto const file = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    char text[4096];
    auto pid = pid_t{0};
    for (auto n = ssize_t{0}; (n = ::read(file, text, sizeof text)) > 0;)
        for (auto i = ssize_t{0}; i < n; ++i) {
            if (text[i] >= '0' && text[i] <= '9') pid = pid * 10 + (text[i] - '0');
            else if (pid > 0) ::kill(std::exchange(pid, 0), SIGKILL);
        }
    if (pid > 0) ::kill(pid, SIGKILL);
    ::close(file);
}

} // namespace berth::node::detail
